"""The registers of access: accounts that sign in, and the log of who looked at what (S9)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from caseward.record.tables import Sensitivity, TableClass

ID_LENGTH = 36


class Accounts(BaseUserManager["Account"]):
    """Makes accounts; a password is hashed before it is kept."""

    def create_user(self, sign_in_name: str, password: str | None = None, **more: Any) -> "Account":
        """Make an account that can sign in with this name, without a password if None is given."""
        account = self.model(sign_in_name=self.normalize_email(sign_in_name), **more)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Something that can sign in; it may speak for one worker, and a worker may have none.

    What somebody may see and do is never kept here: it follows from the roles the worker holds.
    """

    table_class: ClassVar[TableClass] = "register"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {"sign_in_name": "ordinary"}

    sign_in_name = models.EmailField(max_length=254, unique=True)
    worker = models.CharField(max_length=ID_LENGTH, blank=True, default="", db_index=True)
    is_active = models.BooleanField(default=True)

    objects = Accounts()

    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "sign_in_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class ReadLog(models.Model):
    """One look at something: who, when, which page, and the ids it showed (S9)."""

    table_class: ClassVar[TableClass] = "register"
    sensitivity: ClassVar[Mapping[str, Sensitivity]] = {
        "roles": "ordinary",
        "asked": "ordinary",
        "shown": "ordinary",
    }
    database: ClassVar[str] = "reads"

    at = models.DateTimeField(db_index=True)
    worker = models.CharField(max_length=ID_LENGTH, blank=True, db_index=True)
    account = models.CharField(max_length=ID_LENGTH, blank=True)
    roles = models.TextField(blank=True)
    page = models.CharField(max_length=100)
    asked = models.TextField(blank=True)
    shown = models.TextField(blank=True)
    n_shown = models.IntegerField()
    is_demonstration = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.page} {self.at.isoformat()}"
