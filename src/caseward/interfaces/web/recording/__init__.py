"""Recording what happened, correcting it and withdrawing it, with what each of them changes."""
