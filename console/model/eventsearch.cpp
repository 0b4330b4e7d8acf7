#include "console/model/eventsearch.h"

#include "console/model/eventmodel.h"

namespace dialogue::console {

EventSearch::EventSearch(EventModel &source, QObject *parent)
    : QObject(parent)
    , m_found(source)
{
    connect(&m_found, &FilteredEventModel::rowsInserted, this, &EventSearch::changed);
    connect(&m_found, &FilteredEventModel::rowsRemoved, this, &EventSearch::changed);
    connect(&m_found, &FilteredEventModel::modelReset, this, &EventSearch::changed);
    connect(&m_found, &FilteredEventModel::scanningChanged, this, &EventSearch::changed);
}

void EventSearch::start(const EventQuery &shown, const QString &text)
{
    m_isOn = !text.isEmpty();
    EventQuery query = shown;
    if (m_isOn) {
        query.texts.append(TextSearch(text));
        query.hasGaps = false; // They have no text.
    }
    m_found.setQuery(m_isOn ? query : EventQuery());
}

int EventSearch::count() const { return m_isOn ? m_found.rowCount() : 0; }

std::optional<quint64> EventSearch::next(quint64 seq) const
{
    if (count() == 0)
        return std::nullopt;
    const int row = m_found.rowFrom(seq + 1);
    return m_found.seqAt(row < count() ? row : 0);
}

std::optional<quint64> EventSearch::previous(quint64 seq) const
{
    if (count() == 0)
        return std::nullopt;
    const int row = m_found.rowFrom(seq);
    return m_found.seqAt(row > 0 ? row - 1 : count() - 1);
}

int EventSearch::number(quint64 seq) const { return m_isOn ? m_found.rowOf(seq) + 1 : 0; }

} // namespace dialogue::console
