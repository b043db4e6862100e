"""What holds of every whole site, asked of this one: the same tests that run on the example.

None of them names a sentence, an id or a page of the site.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from diptych.model import Tree
from tests.conftest import ROOT, Ran, files_of, write_files
from tests.parity.test_divergences import test_the_content_as_it_is_gives_none
from tests.parity.test_side_by_side import test_every_unit_stands_beside_its_sister
from tests.test_exchange import (
    test_a_whole_site_comes_back_without_a_change,
    test_babel_reads_the_same_entries,
    test_every_text_of_a_whole_site_lands_where_it_belongs,
    whole,
)
from tests.test_html import (
    pages,
    test_another_calendar_reads_ours,
    test_colours_can_be_told_apart,
    test_csv_says_every_event,
    test_drawings_are_well_formed,
    test_every_page_keeps_the_rule,
    test_every_page_parses_without_an_error,
    test_feeds_are_well_formed,
    test_json_says_every_event,
    test_pages_have_names_of_their_own,
    test_the_sitemap_is_well_formed_and_names_every_page,
)
from tests.test_planted import test_fix_finds_nothing_to_do_in_a_whole_site
from tests.test_schemas import test_content_names_its_schema_and_satisfies_it
from tests.test_search import test_the_whole_list_is_complete
from tests.test_terms import (
    test_a_whole_site_avoids_its_own_words,
    test_the_whole_glossary_has_each_term_in_both_languages,
)
from tests.test_whole_site import (
    test_an_event_leads_to_what_came_of_it,
    test_check_says_nothing,
    test_check_strict_ends_with_0,
    test_every_address_is_quiet_and_short,
    test_every_event_is_on_the_page_and_in_the_data_in_order,
    test_every_event_is_written_in_every_language,
    test_every_page_is_reached_from_the_home_page,
    test_headings_share_their_ids_and_their_order,
    test_it_has_no_error_and_no_warning,
    test_it_is_published_whole,
    test_nothing_stays_for_later,
    test_the_sources_hold_nothing_compiled_or_left_over,
    test_what_is_published_stays_small,
)
from tests.unit.test_addresses import test_a_whole_site_remembers_every_address
from tests.unit.test_render import test_the_policy_allows_exactly_what_stands_in_the_page
from tests.unit.test_share import (
    test_every_page_is_shared_with_a_picture_of_its_own_words,
    test_what_they_are_drawn_with_is_not_published,
)
from tests.unit.test_wording import test_a_whole_site_needs_no_mending


def test_the_schemas_in_the_repository_are_up_to_date(
    run: Callable[..., Ran], whole_tree: Tree, tmp_path: Path
) -> None:
    """`python build.py schemas` writes them anew."""
    write_files(tmp_path, {file.path: file.data for file in whole_tree.files})
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    stood = files_of(tmp_path, "schemas")
    assert run("schemas", root=tmp_path).status == 0
    assert files_of(tmp_path, "schemas") == stood
