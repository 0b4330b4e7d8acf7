#pragma once

#include <QtGlobal>

namespace dialogue {

/** What the middleware that is built in has done, of all rooms together. */
struct MiddlewareCounters
{
    qint64 linesLeftOut = 0; ///< Of loggers, beyond so many a second.
    qint64 blocked = 0; ///< Events that content filters have stopped.
    qint64 masked = 0; ///< Events that they have changed.
    qint64 notSearched = 0; ///< Events that they have refused, as they were too long or took too many steps.
    qint64 withoutRole = 0;
    qint64 rateLimited = 0;
    qint64 webhooksAsked = 0; ///< Events.
    qint64 webhooksStopped = 0; ///< Of these, by their answers.
    qint64 webhooksFailed = 0; ///< Of these, that there was no answer to in time, or none that is one.
    qint64 webhooksRetried = 0; ///< Times.
    qint64 webhooksFull = 0; ///< Events that nobody was asked about, as too many waited.
    int webhooksWaiting = 0; ///< Events, now.
    qint64 webhookBytes = 0; ///< Of what is sent of these.
};

} // namespace dialogue
