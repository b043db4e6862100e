#!/bin/sh
# Makes the samples of this folder anew with the programs that editors use (Debian: ghostscript, groff,
# imagemagick, libheif-examples, libimage-exiftool-perl, libreoffice-writer-nogui, poppler-utils, qpdf,
# texlive-latex-base, and Chromium). Their author is invented: Marijke Verstappen.
# CONVERT and CHROMIUM name ImageMagick's convert and a Chromium without windows.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
name='Marijke Verstappen'
cat > "$work/flyer.html" <<H
<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Onze rechten</title>
<meta name="author" content="$name"><style>h1,h2{font-weight:normal}</style></head><body><h1>Onze rechten</h1>
<p>Lees <a href="https://example.org/rechten">meer</a> of <a href="#wie">wie wij zijn</a>.</p>
<h2 id="wie">Wie</h2></body></html>
H
cat > "$work/flyer.tex" <<T
\\documentclass{article}\\pdfinfo{/Author ($name) /Title (Onze rechten)}
\\begin{document}Onze rechten\\pdfximage{$work/figure.pdf}\\pdfrefximage\\pdflastximage\\end{document}
T
cat > "$work/flyer.ps" <<P
%!PS
[ /Author ($name) /Title (Onze rechten) /DOCINFO pdfmark
[ /Rect [0 0 90 90] /Subtype /Text /Title ($name) /Contents (kijk na) /ANN pdfmark
[ /Rect [0 0 50 50] /Subtype /Link /Action << /Subtype /URI /URI (https://example.org/) >> /ANN pdfmark
/Helvetica findfont 20 scalefont setfont 20 100 moveto (Onze rechten) show showpage
P

"$CHROMIUM" --no-sandbox --disable-gpu --print-to-pdf=chromium.pdf --generate-pdf-document-outline \
    --no-pdf-header-footer "file://$work/flyer.html" 2> "$work/log"
soffice --headless --convert-to odt:writer8 --outdir "$work" "$work/flyer.html" > "$work/log"
office() { # NAME OPTIONS
    soffice --headless --convert-to "pdf:writer_pdf_Export:{$2}" --outdir "$work" "$work/flyer.odt" > "$work/log"
    mv "$work/flyer.pdf" "$1.pdf"
}
on() { printf '"%s":{"type":"boolean","value":"true"}' "$1"; }
number() { printf '"%s":{"type":"long","value":"%s"}' "$1" "$2"; }
office libreoffice-writer ""
office libreoffice-tagged "$(on UseTaggedPDF),$(on ExportBookmarks)"
office libreoffice-accessible "$(on PDFUACompliance)"
office libreoffice-archive "$(number SelectPdfVersion 2)"
office libreoffice-editable "$(on IsAddStream)"
gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile=ghostscript.pdf "$work/flyer.ps"
cp ghostscript.pdf "$work/figure.pdf"
(cd "$work" && pdflatex -interaction=batchmode flyer.tex > log)
mv "$work/flyer.pdf" tex.pdf
pdfunite ghostscript.pdf tex.pdf poppler.pdf
cp chromium.pdf exiftool.pdf
exiftool -q -overwrite_original -Author="$name" -XMP-dc:Creator="$name" -XMP-pdf:Producer="$name" exiftool.pdf
qpdf --linearize libreoffice-writer.pdf qpdf-linearized.pdf
qpdf --object-streams=generate libreoffice-tagged.pdf qpdf-packed.pdf
qpdf --encrypt '' secret 256 -- ghostscript.pdf qpdf-locked.pdf
printf '%s\n' "$name" > "$work/leden.txt"
qpdf --add-attachment "$work/leden.txt" -- ghostscript.pdf qpdf-enclosed.pdf
pdftocairo -pdf libreoffice-writer.pdf cairo.pdf
printf '.ce\nOnze rechten\n.sp\nLees meer.\n' | groff -Tps | ps2pdf - groff.pdf
head -c 9000 libreoffice-writer.pdf > libreoffice-cut.pdf

"$CONVERT" -size 60x40 gradient:red-blue -quality 85 imagemagick.jpg
cp imagemagick.jpg exiftool.jpg
exiftool -q -overwrite_original -Artist="$name" -Make=Fotokamer -GPSLatitude=50.85 -GPSLatitudeRef=N \
    -GPSLongitude=4.35 -GPSLongitudeRef=E -IPTC:By-line="$name" -XMP-dc:Creator="$name" \
    -Comment="$name" -DateTimeOriginal='2024:03:01 12:00:00' -Orientation#=6 exiftool.jpg
"$CONVERT" imagemagick.jpg -colorspace CMYK imagemagick-cmyk.jpg
"$CONVERT" imagemagick.jpg -interlace JPEG -set comment "$name" imagemagick-progressive.jpg
"$CONVERT" imagemagick.jpg -set Author "$name" imagemagick.png
"$CONVERT" -size 60x40 gradient: -depth 16 -define png:color-type=0 -define png:bit-depth=16 imagemagick-16.png
"$CONVERT" -size 60x40 xc:'#f0f' -fill '#0a0' -draw 'rectangle 10,10 30,30' -transparent '#f0f' \
    -define png:color-type=2 imagemagick-clear.png
"$CONVERT" imagemagick.jpg -colors 8 PNG8:imagemagick-palette.png
"$CONVERT" imagemagick.jpg -quality 80 imagemagick.webp
exiftool -q -overwrite_original -Artist="$name" -XMP-dc:Creator="$name" imagemagick.webp
"$CONVERT" -delay 20 imagemagick.jpg \( imagemagick.jpg -negate \) imagemagick-moving.webp
"$CONVERT" imagemagick.jpg GIF:imagemagick-gif.png
cp exiftool.jpg "$work/phone.jpg"
heif-enc -q 60 -o libheif.heic "$work/phone.jpg" > "$work/log"
pdftoppm -png -r 20 ghostscript.pdf "$work/poppler"
mv "$work"/poppler*.png poppler.png
"$CHROMIUM" --no-sandbox --disable-gpu --window-size=200,150 --screenshot=chromium.png \
    "file://$work/flyer.html" 2> "$work/log"
pdftocairo -jpeg -r 20 -singlefile chromium.pdf cairo
gs -q -dBATCH -dNOPAUSE -sDEVICE=png16m -r20 -sOutputFile=ghostscript.png "$work/flyer.ps"
gs -q -dBATCH -dNOPAUSE -sDEVICE=jpeg -r20 -sOutputFile=ghostscript.jpg "$work/flyer.ps"
