#include "console/events/seqselection.h"

#include "console/model/filteredeventmodel.h"

#include <QScopedValueRollback>

namespace dialogue::console {

SeqSelection::SeqSelection(FilteredEventModel &model, QObject *parent)
    : QItemSelectionModel(&model, parent)
    , m_model(model)
{
    connect(this, &QItemSelectionModel::currentChanged, this, &SeqSelection::mirrorCurrent);
}

SeqRanges SeqSelection::rangesOf(const QItemSelection &selection) const
{
    SeqRanges ranges;
    for (const QItemSelectionRange &each : selection) {
        if (each.isValid())
            ranges.add({m_model.seqAt(each.top()), m_model.seqAt(each.bottom()) + 1});
    }
    return ranges;
}

void SeqSelection::apply()
{
    m_before = selected();
    m_now = {};
    m_command = NoUpdate;
}

/** As QItemSelectionModel has it: with Current what was selected last is replaced, and else it is kept. */
void SeqSelection::select(const QItemSelection &selection, SelectionFlags command)
{
    if (command == NoUpdate)
        return;
    if (m_isResetting)
        return QItemSelectionModel::select(selection, command);
    if (command & Clear) {
        m_before = {};
        m_now = {};
    }
    if (!(command & Current))
        apply();
    if (command & (Select | Deselect | Toggle)) {
        m_command = command & (Select | Deselect | Toggle);
        m_now = rangesOf(selection);
    }
    mirrorCurrent();
    Q_EMIT changed();
}

void SeqSelection::reset()
{
    const QScopedValueRollback resetting(m_isResetting, true);
    QItemSelectionModel::reset();
}

void SeqSelection::mirrorCurrent()
{
    const QModelIndex current = currentIndex();
    if (current.isValid() && has(m_model.seqAt(current.row())))
        QItemSelectionModel::select(QItemSelection(current, current), ClearAndSelect | Rows);
    else if (hasSelection())
        QItemSelectionModel::select(QItemSelection(), Clear);
}

bool SeqSelection::has(quint64 seq) const
{
    const bool before = m_before.contains(seq);
    const bool now = m_now.contains(seq);
    if (m_command & Toggle)
        return before != now;
    return m_command & Deselect ? before && !now : before || now;
}

SeqRanges SeqSelection::selected() const
{
    SeqRanges all = m_before;
    if (m_command & Toggle)
        all.toggle(m_now);
    else if (m_command & Deselect)
        all.subtract(m_now);
    else
        all.unite(m_now);
    return all;
}

void SeqSelection::forgetBefore(quint64 seq)
{
    const SeqRanges all = selected();
    if (all.isEmpty() || all.ranges().first().first >= seq)
        return;
    m_before.forgetBefore(seq);
    m_now.forgetBefore(seq);
    Q_EMIT changed();
}

} // namespace dialogue::console
