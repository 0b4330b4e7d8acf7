#pragma once

#include "console/events/seqselection.h"
#include "console/model/filteredeventmodel.h"

#include <QTableView>

#include <optional>

namespace dialogue::console {

class RowLook;

/**
 * The table of events. It follows what comes as long as it is scrolled to the bottom; else what is looked at
 * stays where it is, whatever comes in and goes above and below.
 */
class EventTable : public QTableView
{
    Q_OBJECT
public:
    /** Both must outlive it. */
    EventTable(FilteredEventModel &model, const RowLook &look, QWidget *parent = nullptr);

    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void follow(); ///< To the bottom, and what comes from now on.

    [[nodiscard]] SeqSelection &selection() const { return *m_selection; }
    [[nodiscard]] std::optional<quint64> currentSeq() const;
    /** Makes it the current row, alone selected, and scrolls to it; false: it is not shown. */
    bool goTo(quint64 seq);

Q_SIGNALS:
    void followingChanged(bool isFollowing);
    void currentEventChanged(); ///< Or that is selected.

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

protected Q_SLOTS:
    void updateGeometries() override;

private:
    void fitRows();
    void keepWhileRowsGo();
    void scrolled();
    void keepPlace();
    void restoreCurrent();

    FilteredEventModel &m_model;
    SeqSelection *m_selection = nullptr;
    bool m_isFollowing = true;
    bool m_isKeeping = false;
    std::optional<quint64> m_top; ///< What is looked at, where it does not follow.
    std::optional<quint64> m_current; ///< Also while it is not shown.
};

} // namespace dialogue::console
