#pragma once

#include "console/model/eventcolumns.h"
#include "console/model/eventlog.h"

#include <QAbstractTableModel>
#include <QBasicTimer>

#include <optional>

namespace dialogue::console {

/**
 * The log of events as a table, the youngest at the bottom. What comes is put in every 50 ms at most, all of
 * it at once; where it is more than the limits the oldest segments go. While it is paused the log goes on,
 * and rows that came since are hidden.
 */
class EventModel : public QAbstractTableModel
{
    Q_OBJECT
    Q_PROPERTY(bool paused READ isPaused WRITE setPaused NOTIFY pausedChanged)
    Q_PROPERTY(qint64 hiddenRows READ hiddenRows NOTIFY hiddenRowsChanged)
public:
    static constexpr int FlushMs = 50;

    explicit EventModel(const LogLimits &limits = {}, QObject *parent = nullptr);

    /** Shown within FlushMs. */
    void append(EventBatch batch);
    void flush();
    void clear();

    [[nodiscard]] bool isPaused() const { return m_paused; }
    void setPaused(bool paused);
    /** That came while it is paused, and are still kept. */
    [[nodiscard]] qint64 hiddenRows() const { return qint64(m_log.endSeq() - m_endSeq); }

    /** Another column, of what is at \a pointer (RFC 6901) in the data; false where that is none, or one of
     * those shown. */
    bool addPointerColumn(const QString &pointer);
    void removePointerColumn(const QString &pointer);
    [[nodiscard]] const QList<PointerColumn> &pointerColumns() const { return m_pointers; }

    [[nodiscard]] const EventLog &log() const { return m_log; }
    [[nodiscard]] quint64 seqAt(int row) const { return m_log.firstSeq() + quint64(row); }
    [[nodiscard]] quint64 endSeq() const { return m_endSeq; } ///< Behind the last one that is shown.
    /** -1: it is not shown. */
    [[nodiscard]] int rowOf(quint64 seq) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void pausedChanged(bool paused);
    void hiddenRowsChanged(qint64 rows);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void evict();
    void showAll();

    EventLog m_log;
    quint64 m_endSeq = 0;
    std::vector<EventBatch> m_waiting;
    QList<PointerColumn> m_pointers;
    QBasicTimer m_timer;
    bool m_paused = false;
};

} // namespace dialogue::console
