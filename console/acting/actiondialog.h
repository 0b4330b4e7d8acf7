#pragma once

#include "console/acting/actionspec.h"
#include "console/connection/adminconnection.h"

#include <QDialog>
#include <QTimer>

class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;

namespace dialogue::console {

class ActionRun;
class FieldEditors;
class TonedLabel;

/**
 * Asks before something is done: says whom it would reach, takes a reason for the audit log, and where the
 * server is one to be careful with has a phrase typed. Then it does it, and says what became of each.
 */
class ActionDialog : public QDialog
{
    Q_OBJECT
public:
    /** \a phrase is to be typed; empty: nothing is. */
    ActionDialog(AdminConnection &connection, ActionSpec spec, QString phrase, QWidget *parent = nullptr);

    void reject() override; ///< Stops what is being done, too.

private:
    void tryOut();
    void begin();
    void showEnd();
    void update();
    void tellConnection();
    void tell(const QString &text, bool isBad);
    [[nodiscard]] QList<QJsonObject> targetsWith(const QJsonObject &arguments) const;
    [[nodiscard]] QString nameOf(qsizetype target) const;

    AdminConnection &m_connection;
    const ActionSpec m_spec;
    const QString m_phrase;
    FieldEditors *m_fields;
    QLineEdit *m_reason;
    QLineEdit *m_typed = nullptr;
    TonedLabel *m_told;
    QProgressBar *m_progress;
    QListWidget *m_failures;
    QPushButton *m_do;
    QPushButton *m_close;
    QTimer m_tryLater;
    ActionRun *m_try = nullptr;
    ActionRun *m_run = nullptr;
    bool m_isOver = false;
};

} // namespace dialogue::console
