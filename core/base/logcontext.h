#pragma once

#include "core/base/export.h"

#include <QString>

namespace dialogue {

/** What a line of the log is about, so that lines can be put together; each empty where there is none. */
struct LogIds
{
    QString session; ///< A client's: the id of its socket.
    QString event; ///< The id that it gave its request, else the number of the ack that it waits for.
    QString trace; ///< What a tracer calls it (`traceparent`, W3C Trace Context).
};

/** Something that is being done. */
class LogSubject
{
public:
    LogSubject() = default;
    virtual ~LogSubject() = default;
    Q_DISABLE_COPY_MOVE(LogSubject)
    [[nodiscard]] virtual LogIds logIds() const = 0;
};

/**
 * Says, for as long as it lives, what this thread is at: whoever writes the log asks then. Nothing is put
 * together before. They nest.
 */
class DIALOGUE_CORE_EXPORT LogScope
{
public:
    /** \a subject outlives it. */
    explicit LogScope(const LogSubject &subject);
    ~LogScope();
    Q_DISABLE_COPY_MOVE(LogScope)

    /** Of the innermost in this thread. */
    [[nodiscard]] static LogIds current();

private:
    const LogSubject &m_subject;
    const LogScope *const m_outer;
};

/** \a text, if it is a traceparent ("00-4bf9...-00f0...-01"); else nothing. */
[[nodiscard]] DIALOGUE_CORE_EXPORT QString traceParentOf(const QString &text);

} // namespace dialogue
