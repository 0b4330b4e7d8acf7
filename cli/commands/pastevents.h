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

/** Asks a room for its past, page by page, until it reaches back far enough. */
class PastEvents : public QObject
{
    Q_OBJECT
public:
    using Done = std::function<void(const Result<QList<EventMessage>> &)>;

    /** \a done is called once, with the events oldest first; not once this is deleted. */
    PastEvents(RoomContext &room, PastFilter filter, Done done);
    void ask();

private:
    void onPage(const Result<QList<EventMessage>> &page);
    [[nodiscard]] bool reachesBack(const QList<EventMessage> &page) const;

    const QPointer<RoomContext> m_room;
    const PastFilter m_filter;
    const Done m_done;
    QStringList m_names; ///< Still to be asked for; an empty one for all events.
    QList<EventMessage> m_found;
    int m_start = 0;
    int m_requests = 0;
};

} // namespace dialogue::cli
