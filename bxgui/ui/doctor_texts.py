"""What `bxgui doctor` tells in English, to be looked up by `problem_texts.told`."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

# A sentence that another one would match too stands before it.
DOCTOR = (
    QT_TRANSLATE_NOOP("Problems", "Other users of this computer have rights to the key in %1."),
    QT_TRANSLATE_NOOP("Problems", "The name %1 leads to %2, which is no address on the internet."),
    QT_TRANSLATE_NOOP("Problems", "The public address cannot be read."),
    QT_TRANSLATE_NOOP("Problems", "Write it as https://hook.example.com."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The public address begins neither with https:// nor with http://, so portals refuse it.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "The host in the public address has no dot in it, so portals refuse it."
    ),
    QT_TRANSLATE_NOOP("Problems", "Use a whole name, such as hook.example.com."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The host in the public address is local, and the server that sends calls reaches none.",
    ),
    QT_TRANSLATE_NOOP("Problems", "Use a tunnel or a proxy with a name on the internet."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The public address is plain HTTP: the tokens in calls can be read on their way.",
    ),
    QT_TRANSLATE_NOOP("Problems", "Use https, with a certificate from a public authority."),
    QT_TRANSLATE_NOOP(
        "Problems", "The public address holds a user name, which portals may not send."
    ),
    QT_TRANSLATE_NOOP("Problems", "Leave it out: the secret path keeps strangers away."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The public address holds a ? or a #, behind which the secret path is no path any more.",
    ),
    QT_TRANSLATE_NOOP("Problems", "Leave it out."),
    QT_TRANSLATE_NOOP(
        "Problems", "The public address holds a #, and what stands behind it never arrives."
    ),
    QT_TRANSLATE_NOOP("Problems", "The public address keeps Bitrix24's rules for handlers."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The public address holds a secret path, which the listener would put behind it again.",
    ),
    QT_TRANSLATE_NOOP("Problems", "Leave out /h/ and what follows."),
    QT_TRANSLATE_NOOP(
        "Problems", "There is no public address, so no portal on the internet reaches the listener."
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "Give it one with a tunnel or proxy, and enter it in the window under ⋯ Listener "
        "settings, or as public_url in settings.toml.",
    ),
    QT_TRANSLATE_NOOP("Problems", "The name %1 is not known on this computer's network."),
    QT_TRANSLATE_NOOP(
        "Problems", "Look at its spelling. A name that is new may need some minutes to be known."
    ),
    QT_TRANSLATE_NOOP("Problems", "The name %1 leads to %2."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "If it leads elsewhere from outside, this is as it should be; otherwise no call comes.",
    ),
    QT_TRANSLATE_NOOP("Problems", "The certificate of %1 is not accepted: %2."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "Bitrix24 calls no handler with a certificate that is self-signed, expired, for "
        "another name, or without the ones between it and its authority.",
    ),
    QT_TRANSLATE_NOOP("Problems", "What answers at %1 does not speak https."),
    QT_TRANSLATE_NOOP("Problems", "Look at the port, and at the tunnel or proxy."),
    QT_TRANSLATE_NOOP("Problems", "Through %1 our listener answers."),
    QT_TRANSLATE_NOOP("Problems", "Nobody answers at %1."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "Start the tunnel or proxy. Some networks do not let a computer reach its own "
        "public address: then try it from outside.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "The tunnel or proxy at %1 answers HTTP %2: it reaches no listener."
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "Start the listener, and look at where the tunnel or proxy leads."
    ),
    QT_TRANSLATE_NOOP("Problems", "What answers at %1 leads elsewhere (HTTP %2)."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "Make the address that it leads to the public address: calls are not redirected.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "What answers at %1 (HTTP %2) does not prove to be our listener."
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "Look at where the tunnel or proxy leads. It has to pass on everything under /h/, "
        "with its headers.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "The test call was not sent: nobody at %1 has proved to be our listener."
    ),
    QT_TRANSLATE_NOOP("Problems", "To anybody else it would show the secret path."),
    QT_TRANSLATE_NOOP("Problems", "The test call was answered with HTTP %1 (%2)."),
    QT_TRANSLATE_NOOP("Problems", "A portal's call would be lost as well."),
    QT_TRANSLATE_NOOP("Problems", "The test call broke off (%1)."),
    QT_TRANSLATE_NOOP(
        "Problems", "The test call was answered with HTTP 200, and is not in the store after %1 s."
    ),
    QT_TRANSLATE_NOOP("Problems", "Another listener of the same secret path may have taken it."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The test call through %1 came back after %2 ms; it is call %3, among the other posts.",
    ),
    QT_TRANSLATE_NOOP("Problems", "The test call was not let in (HTTP 403, %1)."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "This computer is in none of the allowed networks; a portal in one of them is let in.",
    ),
    QT_TRANSLATE_NOOP("Problems", "Renew it: with an expired one no call arrives."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The listener has no certificate and speaks plain HTTP; https is up to the tunnel "
        "or proxy before it.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "For https the listener needs both files, its certificate and its key."
    ),
    QT_TRANSLATE_NOOP("Problems", "Set tls_certificate and tls_key, or neither."),
    QT_TRANSLATE_NOOP("Problems", "The file %1 cannot be read: %2."),
    QT_TRANSLATE_NOOP(
        "Problems", "The key in %1 is encrypted, and nobody is there to type its password."
    ),
    QT_TRANSLATE_NOOP("Problems", "Give the listener a key without a password."),
    QT_TRANSLATE_NOOP(
        "Problems", "The files %1 and %2 hold no certificate and key that can be read."
    ),
    QT_TRANSLATE_NOOP("Problems", "Both have to be in PEM."),
    QT_TRANSLATE_NOOP("Problems", "The key in %1 does not belong to the certificate in %2."),
    QT_TRANSLATE_NOOP("Problems", "The certificate for %1 has expired, on %2."),
    QT_TRANSLATE_NOOP("Problems", "The certificate for %1 is valid only from %2 on."),
    QT_TRANSLATE_NOOP("Problems", "Look at the clock of this computer."),
    QT_TRANSLATE_NOOP("Problems", "The certificate for %1 is about to expire, on %2."),
    QT_TRANSLATE_NOOP("Problems", "The certificate for %1 is valid until %2."),
    QT_TRANSLATE_NOOP("Problems", "The certificate names no host, so it fits no address."),
    QT_TRANSLATE_NOOP("Problems", "Get one for the name of the address."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The certificate is self-signed, and Bitrix24 calls no handler that has such a one.",
    ),
    QT_TRANSLATE_NOOP("Problems", "Get one from a public authority."),
    QT_TRANSLATE_NOOP("Problems", "Take them away: chmod 600."),
    QT_TRANSLATE_NOOP(
        "Problems", "Whatever follows is looked at with the settings that bxgui has without a file."
    ),
    QT_TRANSLATE_NOOP("Problems", "The settings in %1 can be read."),
    QT_TRANSLATE_NOOP("Problems", "There are no settings in %1: bxgui goes by its own."),
    QT_TRANSLATE_NOOP("Problems", "This could not be looked at within %1 s."),
    QT_TRANSLATE_NOOP("Problems", "This could not be looked at, because of a bug in bxgui (%1)."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "Calls caught now can be looked at later, but not answered after bxgui is closed. "
        "Set up a keyring of the system, and unlock it.",
    ),
    QT_TRANSLATE_NOOP("Problems", "The keyring is locked: it waits for somebody to unlock it."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "Unlock it. Until then calls that are caught may not be answered after bxgui is closed.",
    ),
    QT_TRANSLATE_NOOP("Problems", "Secrets are kept in memory only, because %1."),
    QT_TRANSLATE_NOOP(
        "Problems", "%1 is there to keep the store's key; it is made at the first use."
    ),
    QT_TRANSLATE_NOOP("Problems", "The store's key is kept by %1."),
    QT_TRANSLATE_NOOP("Problems", "The listener takes any free port, so there is none to look at."),
    QT_TRANSLATE_NOOP("Problems", "Name the one that it tells at its start with --port."),
    QT_TRANSLATE_NOOP("Problems", "A program holds %1 and does not answer."),
    QT_TRANSLATE_NOOP(
        "Problems", "If it is a listener of bxgui, restart it; else end it, or choose another port."
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "Something answers at %1; whether it is our listener only the store can tell."
    ),
    QT_TRANSLATE_NOOP("Problems", "Start it: in the window, or with bxgui listen."),
    QT_TRANSLATE_NOOP("Problems", "Nobody listens at %1 yet: the listener has never run."),
    QT_TRANSLATE_NOOP("Problems", "Nobody listens at %1: calls that portals send now are lost."),
    QT_TRANSLATE_NOOP("Problems", "Our listener answers at %1."),
    QT_TRANSLATE_NOOP("Problems", "A second listener of this store answers at %1."),
    QT_TRANSLATE_NOOP("Problems", "One is enough: end the listener not wanted."),
    QT_TRANSLATE_NOOP(
        "Problems", "Another program answers at %1; it may be a bxgui with another store."
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "End it, or choose another port: --port, or port in settings.toml."
    ),
    QT_TRANSLATE_NOOP("Problems", "The store %1 cannot be read: %2."),
    QT_TRANSLATE_NOOP("Problems", "Look at the rights of its folder."),
    QT_TRANSLATE_NOOP("Problems", "The folder %1 cannot be looked into: %2."),
    QT_TRANSLATE_NOOP("Problems", "Look at its rights."),
    QT_TRANSLATE_NOOP("Problems", "Choose another folder with --data-dir."),
    QT_TRANSLATE_NOOP("Problems", "%1 are free on the disk of the store."),
    QT_TRANSLATE_NOOP("Problems", "Free some space: a call that cannot be stored is lost."),
    QT_TRANSLATE_NOOP(
        "Problems", "The store %1 is gone; only its identity is left beside its place."
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "If it was moved, move it back before the next call comes: with that, or at its "
        "next start, the listener begins a fresh one with the same address.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "There is no store yet: %1 is made at the first start of the listener."
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The store was written by a newer bxgui: it has version %1, and this bxgui knows %2.",
    ),
    QT_TRANSLATE_NOOP("Problems", "Update bxgui, or choose another folder with --data-dir."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The store has version %1; it is brought to version %2, after a backup, when bxgui "
        "next opens it.",
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "The store opens, of version %1 and %2; calls: %3, waiting tokens: %4."
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "The store is large: in %1 s not all of its pages could be checked."
    ),
    QT_TRANSLATE_NOOP("Problems", "The pages of the store are sound."),
    QT_TRANSLATE_NOOP("Problems", "The store is damaged: %1."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "Keep a copy of the file. Where bxgui meets the damage, it sets the store aside and"
        " begins a fresh one.",
    ),
    QT_TRANSLATE_NOOP("Problems", "This user may not write to %1, so no call can be stored."),
    QT_TRANSLATE_NOOP(
        "Problems", "Give back the right to write, or run bxgui as the user who owns it."
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "Nobody but the owner can enter the store's folder and read its files."
    ),
    QT_TRANSLATE_NOOP("Problems", "Other users of this computer have rights to %1."),
    QT_TRANSLATE_NOOP(
        "Problems", "Take them away: chmod 700 for the folder, chmod 600 for its files."
    ),
    QT_TRANSLATE_NOOP("Problems", "Calls that could not be stored wait in %1: %2."),
    QT_TRANSLATE_NOOP(
        "Problems",
        "The listener takes them in as soon as the store can be written, or when it is restarted.",
    ),
    QT_TRANSLATE_NOOP("Problems", "A damaged store was set aside as %1 (%2)."),
    QT_TRANSLATE_NOOP(
        "Problems", "Keep it while calls in it may be wanted. It is not used any more."
    ),
    QT_TRANSLATE_NOOP("Problems", "A copy of the store from before an update is kept as %1 (%2)."),
    QT_TRANSLATE_NOOP("Problems", "It is not used any more; delete it when all calls are there."),
    QT_TRANSLATE_NOOP("Problems", "The store cannot be read: %1."),
)
