"""Accounts sign in and are not workers; every table of facts is guarded, and no other."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.db import router

from caseward.record.access.models import Account, ReadLog
from caseward.record.ledger import triggers

pytestmark = pytest.mark.django_db(databases="__all__")


def test_an_account_signs_in_and_need_be_no_worker() -> None:
    """Its password is kept hashed; what it may see hangs on the worker it speaks for, if any."""
    assert get_user_model() is Account
    account = Account.objects.create_user("a.test@Example.test", "correct horse battery")
    assert (account.sign_in_name, account.worker) == ("a.test@example.test", "")
    assert "correct horse" not in account.password
    signed_in = authenticate(username="a.test@example.test", password="correct horse battery")
    assert signed_in == account
    assert authenticate(username="a.test@example.test", password="wrong") is None
    account.is_active = False
    account.save()
    assert authenticate(username="a.test@example.test", password="correct horse battery") is None


def test_an_account_without_a_password_cannot_sign_in_by_one() -> None:
    """Single sign-on accounts have none, and no text stands for it."""
    account = Account.objects.create_user("b.test@example.test")
    assert not account.has_usable_password()


def test_every_table_of_facts_is_guarded_and_no_other() -> None:
    """A new table of facts without its refusals fails here."""
    facts = {
        model._meta.db_table
        for model in apps.get_models()
        if getattr(model, "table_class", "") == "fact"
    }
    assert facts == set(triggers.TABLES)
    deeds = {(guard.table, guard.deed) for guard in triggers.GUARDS}
    assert {(table, deed) for table in facts for deed in ("UPDATE", "DELETE")} <= deeds


def test_the_read_log_has_its_own_database_where_there_is_one() -> None:
    """On SQLite a file of its own, on PostgreSQL the one there is; nothing else goes there."""
    expected = "reads" if "reads" in settings.DATABASES else "default"
    assert router.db_for_write(ReadLog) == expected
    others = [model for model in apps.get_models() if model is not ReadLog]
    assert {router.db_for_write(model) for model in others} == {"default"}
    if expected == "reads":
        assert [model for model in others if router.allow_migrate_model("reads", model)] == []
        assert not router.allow_migrate_model("default", ReadLog)
