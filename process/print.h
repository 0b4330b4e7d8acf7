#pragma once

#include "process/exitcodes.h"

#include <QByteArray>
#include <QString>

namespace dialogue {

/** What became of a text for stdout. */
enum class Printed {
    Whole,
    NobodyReads, ///< `dialogue tail ROOM | head`, once head has what it wants.
    Interrupted, ///< SIGINT or SIGTERM came while nobody took it; whoever waits for the signal still gets it.
    Failed, ///< The disk is full, say; stderr has the reason.
};

/**
 * Writes at once, also into a pipe: whoever follows us sees each line when it happens. Waits for a reader
 * that is slow, as long as no signal asks us to end.
 */
Printed print(const QByteArray &text);

/** The exit code of a command whose result is what was printed. */
ExitCode exitCodeOf(Printed printed);

/**
 * A line on stderr, after the name of the program, where it does not get in the way of what is piped on. Much
 * of it is what strangers wrote: it is made printable(), and cut where it is long.
 */
void say(const QString &text);

/** Says what is wrong with the command line of \a called ("dialogue tail"), and where its help is. */
ExitCode wrongUsage(const QString &message, const QString &called);

} // namespace dialogue
