"""One review draft saved from two tabs at one moment, on two real connections: neither text is mixed or lost unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from portal.models import Role
from talent.models import Review, Score
from talent.reviewing import Clash, Draft, Saved, draft_of, save_review, submit_review
from tests.appointments.test_concurrency import at_once
from tests.factories.portal import member
from tests.factories.talent import ReviewFactory

pytestmark = pytest.mark.django_db(transaction=True)


def begun() -> Review:
    return ReviewFactory(reviewer=member(Role.REVIEWER), no_conflict_at=timezone.now())


def keys(review: Review) -> list[str]:
    return [criterion.key for criterion in review.application.question_set.questions.rubric]


def typed(review: Review, words: str) -> Draft:
    return Draft(dict.fromkeys(keys(review), 3), dict.fromkeys(keys(review), words), "interview", words)


def saving(review: Review, draft: Draft, *, base: int = 0) -> Callable[[], Any]:
    return lambda: save_review(review, draft, base_revision=base, by=review.reviewer, at=timezone.now())


def fresh(review: Review) -> Review:
    return Review.objects.select_related("application__question_set").get(pk=review.pk)


def test_one_of_two_texts_stands_whole_and_the_other_is_told():
    review = begun()
    drafts = [typed(review, "From the first tab."), typed(review, "From the second tab.")]

    results = at_once(*(saving(review, draft) for draft in drafts))

    [won] = [i for i, result in enumerate(results) if isinstance(result, Saved)]
    assert results[won] == Saved(1)
    assert results[1 - won] == Clash(1, drafts[won])
    assert draft_of(fresh(review)) == drafts[won]
    assert Score.objects.count() == len(keys(review))


def test_one_text_sent_twice_is_saved_once():
    review = begun()
    draft = typed(review, "The same in both.")

    results = at_once(saving(review, draft), saving(review, draft))

    assert results == [Saved(1), Saved(1)]
    assert fresh(review).revision == 1


def test_a_save_beside_the_sending_is_in_what_was_sent_or_refused():
    review = begun()
    before, after = typed(review, "As it was read."), typed(review, "A word changed.")
    saving(review, before)()

    saved, sent = at_once(
        saving(review, after, base=1), lambda: submit_review(review, by=review.reviewer, at=timezone.now())
    )

    assert sent.submitted_at is not None
    stands = draft_of(fresh(review))
    if isinstance(saved, Saved):
        assert stands == after
    else:
        assert (str(saved), stands) == ("This review cannot be changed any more.", before)
