"""The shipped law: every file loads, every example holds, every edition joins the next."""
