"""A Dask worker that is not what the run expects does no batch; one that is logs to the run."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from flows.errors import UsageError
from flows.models import read_models
from flows.runners.dask_tasks import Expected, describe_code, do_batch
from flows.runners.exchange import make_exchange
from flows.settings import Settings


@pytest.fixture
def expected(tmp_path: Path) -> Expected:
    """Return what this process is."""
    exchange = make_exchange(Settings(home=tmp_path / "news"))
    exchange.open()
    return Expected(
        exchange=exchange, code=describe_code(), models=read_models(Settings()).used, log_level=logging.INFO
    )


def log_twice(number: int) -> int:
    """Log and return twice a number."""
    logging.getLogger("flows.test").info("%d was given", number)
    return 2 * number


def test_a_batch_comes_back_with_what_was_logged(expected: Expected) -> None:
    done = do_batch(log_twice, 4, "key", expected)
    assert (done.result, [record.getMessage() for record in done.records]) == (8, ["4 was given"])


def test_a_batch_that_fails_leaves_nothing_of_its_log_to_the_next(expected: Expected) -> None:
    with pytest.raises(TypeError):
        do_batch(log_twice, None, "key", expected)  # type: ignore[misc]  # it fails
    assert len(do_batch(log_twice, 4, "key", expected).records) == 1


def test_a_worker_that_does_not_share_the_home_is_told(expected: Expected) -> None:
    expected.exchange.close()
    with pytest.raises(UsageError, match=r"does not find .*news: share the folder, at the same path"):
        do_batch(log_twice, 4, "key", expected)


def test_a_worker_of_another_version_is_told(expected: Expected) -> None:
    with pytest.raises(UsageError, match="another version of Dateline"):
        do_batch(log_twice, 4, "key", replace(expected, code="of yesterday"))


def test_a_worker_with_another_model_is_told(expected: Expected) -> None:
    (model,) = expected.models
    with pytest.raises(UsageError, match=rf"has {model.name} {model.version} on .*, and not 0\.0 on"):
        do_batch(log_twice, 4, "key", replace(expected, models=(replace(model, version="0.0"),)))
