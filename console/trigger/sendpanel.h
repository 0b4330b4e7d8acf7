#pragma once

#include "console/look/tonedlabel.h"

class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace dialogue::console {

/** Below what is to be sent: why, how often, whom it would reach, and what became of it. */
class SendPanel : public QWidget
{
    Q_OBJECT
public:
    explicit SendPanel(QWidget *parent = nullptr);

    /** What has to be typed before anything is sent; empty: nothing. */
    void setConfirmation(const QString &phrase);
    [[nodiscard]] bool isConfirmed() const;

    [[nodiscard]] QString reason() const;
    [[nodiscard]] int times() const;
    [[nodiscard]] int interval() const; ///< ms

    void tellReach(Tone tone, const QString &text);
    void tellOutcome(Tone tone, const QString &text);
    /** Empty: it can be sent. \a isDoubtful: though something is wrong with it. */
    void setObstacle(const QString &obstacle, bool isDoubtful);
    void setProgress(int done, int times);
    /** \a times 0: nothing is being sent. */
    void setRunning(bool running);

Q_SIGNALS:
    void countWanted();
    void sendWanted();
    void stopWanted();
    void closeWanted();

private:
    void tell();

    QString m_phrase;
    QString m_obstacle;
    bool m_isDoubtful = false;
    bool m_isRunning = false;
    QLineEdit *m_reason;
    QSpinBox *m_times;
    QSpinBox *m_interval;
    QLabel *m_intervalLabel;
    QWidget *m_confirmation;
    QLabel *m_confirmationLabel;
    QLineEdit *m_typed;
    TonedLabel *m_reach;
    TonedLabel *m_outcome;
    QProgressBar *m_progress;
    QPushButton *m_count;
    QPushButton *m_stop;
    QPushButton *m_send;
};

} // namespace dialogue::console
