#pragma once

#include "client/roomcontext.h"

#include <QPointer>

#include <functional>
#include <optional>

namespace dialogue::cli {

/** Which of a room's kept events are wanted. */
struct PastFilter
{
    QStringList events = {}; ///< Empty: any.
    std::optional<int> newest = {}; ///< So many at most.
    std::optional<quint64> afterOffset = {};
    std::optional<qint64> fromTimestamp = {}; ///< Milliseconds since the Unix epoch.

    [[nodiscard]] bool isEmpty() const { return !newest && !afterOffset && !fromTimestamp; }
    [[nodiscard]] bool takes(const EventMessage &message) const;
};

/** \a events in the order they happened, without repetitions, as far as \a filter takes them. */
QList<EventMessage> sortedPast(QList<EventMessage> events, const PastFilter &filter);

/** What came of asking for it. */
struct Past
{
    QList<EventMessage> events = {}; ///< Oldest first.
    QStringList cut = {}; ///< The names of which older ones may be missing; an empty one for all events.
    std::optional<Error> error = {}; ///< Why, where it was the server's doing.
};

/**
 * Asks a room for its past, page by page, until it reaches back far enough; the names in turn, so that each
 * has its share of the requests that a server answers.
 */
class PastEvents : public QObject
{
    Q_OBJECT
public:
    using Done = std::function<void(const Past &)>;

    /** \a done is called once; not once this is deleted. */
    PastEvents(RoomContext &room, PastFilter filter, Done done);
    void ask();

private:
    /** A name, and how far back it was asked for. */
    struct Asked
    {
        QString name;
        int start = 0;
    };

    void onPage(const Result<QList<EventMessage>> &page);
    [[nodiscard]] bool reachesBack(const QList<EventMessage> &page, int start) const;
    void end(const std::optional<Error> &error);

    const QPointer<RoomContext> m_room;
    const PastFilter m_filter;
    const Done m_done;
    QList<Asked> m_open; ///< The first is the next, or being asked for.
    QList<EventMessage> m_found;
    int m_requests = 0;
};

} // namespace dialogue::cli
