#include "console/events/rowlook.h"

namespace dialogue::console {

namespace {

constexpr int RowsKnown = 2000; // Some screens full.

} // namespace

RowLook::RowLook(const EventModel &model, QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_known(RowsKnown)
{
    connect(&model, &EventModel::rowsRemoved, this, &RowLook::forget);
    connect(&model, &EventModel::modelReset, this, &RowLook::forget);
}

void RowLook::forget()
{
    const quint64 first = m_model.log().firstSeq();
    while (!m_marks.isEmpty() && m_marks.firstKey() < first)
        m_marks.erase(m_marks.begin());
}

void RowLook::setRules(const ColourRules &rules)
{
    m_rules = rules;
    m_known.clear();
    Q_EMIT changed();
}

std::optional<ColourRule> RowLook::ruleFor(quint64 seq) const
{
    if (m_rules.rules().isEmpty() || m_model.rowOf(seq) < 0)
        return {};
    if (const int *const known = m_known.object(seq))
        return *known < 0 ? std::nullopt : std::optional(m_rules.rules().at(*known));
    const EventSegment &segment = *m_model.log().segmentOf(seq);
    const int row = int(seq - segment.firstSeq());
    const ColourRule *const rule
        = segment.kind(row) == RowKind::Event ? m_rules.ruleFor(segment.filterRow(row)) : nullptr;
    m_known.insert(seq, new int(rule ? int(rule - m_rules.rules().constData()) : -1));
    return rule ? std::optional(*rule) : std::nullopt;
}

bool RowLook::mark(quint64 seq, const QString &comment)
{
    if (m_marks.size() >= MostMarks && !m_marks.contains(seq))
        return false;
    m_marks.insert(seq, comment);
    Q_EMIT changed();
    return true;
}

void RowLook::unmark(quint64 seq)
{
    m_marks.remove(seq);
    Q_EMIT changed();
}

std::optional<quint64> RowLook::nextMark(quint64 seq) const
{
    if (m_marks.isEmpty())
        return {};
    const auto next = m_marks.upperBound(seq);
    return next == m_marks.end() ? m_marks.firstKey() : next.key();
}

std::optional<quint64> RowLook::previousMark(quint64 seq) const
{
    if (m_marks.isEmpty())
        return {};
    const auto at = m_marks.lowerBound(seq);
    return at == m_marks.begin() ? m_marks.lastKey() : std::prev(at).key();
}

} // namespace dialogue::console
