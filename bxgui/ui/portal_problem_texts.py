"""What the services tell in English of portals and what authorizes them; see `problem_texts`."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

PORTALS = (
    QT_TRANSLATE_NOOP(
        "Problems",
        "Nothing authorizes requests to %1. Enter an incoming webhook or the "
        "application's client id and secret for it, or wait for its next call.",
    ),
    QT_TRANSLATE_NOOP("Problems", "The webhook of %1 cannot be had: %2. Enter its address again."),
    QT_TRANSLATE_NOOP(
        "Problems", "Client id and secret for %1 cannot be had: %2. Enter them again."
    ),
    QT_TRANSLATE_NOOP("Problems", "the keyring does not have it"),
    QT_TRANSLATE_NOOP("Problems", "the keyring does not have them"),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The reply would go by the incoming webhook, and this code is written for an access "
        "token. Copy it as cURL, PowerShell, HTTPie or Python instead.",
    ),
    QT_TRANSLATE_NOOP("Problems", "No webhook was entered for %1."),
    QT_TRANSLATE_NOOP("Problems", "No application was entered for %1."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The webhook of %1 was entered for %2, and the portal is at %3 now. Enter it again.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The application of %1 was entered for %2, and the portal is at %3 now. Enter it again.",
    ),
    QT_TRANSLATE_NOOP("Problems", "The application has no tokens for %1 yet. Log in to it first."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The tokens granted are for another portal than %1. Open the consent page in a "
        "browser that is signed in to this portal.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "No call of %1 has told where its authorization server is. Wait for its next call.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "The code came too late: it lives 30 seconds. Log in again, and be quicker."
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The authorization server does not accept the code: it was used before, or it "
        "is another application's. Log in again.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "There is no code in this. Paste the whole address of the browser's page."
    ),
    QT_TRANSLATE_NOOP("Problems", "The code belongs to another login than this one. Log in again."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "A code has arrived, but the listener keeps it under another key. Paste the "
        "address of the browser's page instead.",
    ),
    QT_TRANSLATE_NOOP("Problems", "This is not the address of a portal."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "bxgui does not send secrets over plain http. Give %1 an https address, or "
        "allow plain http for it by its name.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "%1 is known already, at %2. Move it to give it another address."
    ),
    QT_TRANSLATE_NOOP("Problems", "The webhook is for %1, and the portal is at %2."),
    QT_TRANSLATE_NOOP(
        "Problems", "A rate is 0.1 to 1000000 requests a second, and 1 to 1000000 at once."
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "Plain http is allowed by the name of the portal's host, %1, not %2."
    ),
    QT_TRANSLATE_NOOP("Problems", "%1 cannot be used: %2."),
    QT_TRANSLATE_NOOP("Problems", "the CA file cannot be read: %1"),
    QT_TRANSLATE_NOOP("Problems", "it holds no certificates in PEM"),
    QT_TRANSLATE_NOOP("Problems", "The portal has named no address that could be followed."),
    QT_TRANSLATE_NOOP("Problems", "The call does not say which workflow it belongs to."),
    QT_TRANSLATE_NOOP("Problems", "The portal's answer does not tell of this workflow."),
    QT_TRANSLATE_NOOP("Problems", "It says: %1"),
)
