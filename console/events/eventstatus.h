#pragma once

#include "console/model/eventbatch.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace dialogue::console {

/** The line below the table: what goes on, how much is here and how fast it comes, and what is not shown. */
class EventStatus : public QWidget
{
    Q_OBJECT
public:
    enum class Watch { Off, Asked, On, Lost };

    explicit EventStatus(QWidget *parent = nullptr);

    void setWatch(Watch watch);
    void setRows(qint64 shown, qint64 all);
    void setPaused(bool isPaused, qint64 hidden);
    void setFollowing(bool isFollowing);
    void setScanning(bool isScanning);
    void setSelected(qint64 rows);
    void see(const EventBatch &batch);
    void forgetMissing();

    [[nodiscard]] QString text() const; ///< All that it says.

Q_SIGNALS:
    void newestRequested();
    void resumeRequested();

private:
    void update();
    void measure();
    [[nodiscard]] QString watchText() const;
    [[nodiscard]] QString missingText() const;

    Watch m_watch = Watch::Off;
    qint64 m_shown = 0;
    qint64 m_all = 0;
    qint64 m_hidden = 0;
    qint64 m_selected = 0;
    bool m_isPaused = false;
    bool m_isScanning = false;
    EventBatch::Dropped m_missing;
    qint64 m_losses = 0;
    qint64 m_sinceTick = 0;
    double m_rate = 0;
    QTimer m_timer;
    QLabel *m_state;
    QLabel *m_count;
    QLabel *m_missingLabel;
    QPushButton *m_newest;
    QPushButton *m_resume;
};

} // namespace dialogue::console
