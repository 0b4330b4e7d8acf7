#pragma once

#include "console/events/seqranges.h"

#include <QItemSelectionModel>

namespace dialogue::console {

class FilteredEventModel;

/**
 * Which rows of a table of events are selected, by their seq: it stays so when older ones are forgotten, and
 * when others are shown. Between the first and the last of a stretch what is not shown is selected as well,
 * so that a stretch is two numbers; whoever does something with the selection takes what is shown.
 *
 * To the view it says of the current row alone that it is selected: with a million selected rows Qt's own
 * selection takes a tenth of a second for each batch that comes in.
 */
class SeqSelection : public QItemSelectionModel
{
    Q_OBJECT
public:
    explicit SeqSelection(FilteredEventModel &model, QObject *parent = nullptr);

    void select(const QItemSelection &selection, QItemSelectionModel::SelectionFlags command) override;
    using QItemSelectionModel::select;
    void reset() override; ///< That the model is another one changes nothing.

    [[nodiscard]] bool has(quint64 seq) const;
    [[nodiscard]] SeqRanges selected() const;
    void forgetBefore(quint64 seq);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] SeqRanges rangesOf(const QItemSelection &selection) const;
    void apply();
    void mirrorCurrent();

    FilteredEventModel &m_model;
    // What was selected before, and what is being selected now, which goes on changing while somebody drags.
    SeqRanges m_before;
    SeqRanges m_now;
    QItemSelectionModel::SelectionFlags m_command = NoUpdate;
    bool m_isResetting = false;
};

} // namespace dialogue::console
