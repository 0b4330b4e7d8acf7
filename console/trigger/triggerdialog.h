#pragma once

#include "console/connection/adminconnection.h"
#include "console/trigger/roomevents.h"
#include "console/trigger/triggerrun.h"
#include "console/trigger/triggerstore.h"

#include <QDialog>

class QComboBox;

namespace dialogue::console {

class DataEditor;
class JsonEditor;
class Notice;
class SendPanel;
class SentList;
class TemplateBar;
class TonedLabel;

/**
 * Triggers an event in a room: what it says in a form made of its schema, or as JSON; whom it would reach,
 * before; what became of it, and at which field it was refused, afterwards. What is written stays where the
 * connection is lost.
 */
class TriggerDialog : public QDialog
{
    Q_OBJECT
public:
    TriggerDialog(AdminConnection &connection, const QString &room, QWidget *parent = nullptr);
    ~TriggerDialog() override;

    /** Templates and what was sent are in \a store, which outlives the dialog; by default in one of its own,
     * with the usual file. */
    void setStore(TriggerStore *store);
    /** A phrase that has to be typed each time before something is sent: for servers that are in production.
     * Empty: none. */
    void setConfirmation(const QString &phrase);
    /** Begins with what an event said, such as one that was captured. */
    void fill(const QString &event, const QJsonValue &data);

    [[nodiscard]] Trigger trigger() const; ///< As it is written.

Q_SIGNALS:
    /** An attempt has ended; with what the server said. */
    void sent(const dialogue::Result<QJsonObject> &outcome);

public Q_SLOTS:
    void done(int result) override; ///< Stops what is being sent.

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void load();
    void take(const Result<QJsonObject> &reply);
    void present(const Trigger &trigger);
    void chooseEvent();
    void count();
    void send();
    void tellSent(const Result<QJsonObject> &outcome);
    void tellState();
    [[nodiscard]] QString eventName() const;
    [[nodiscard]] QString obstacle() const;

    AdminConnection &m_connection;
    QString m_room;
    RoomEvents m_events;
    bool m_isLoaded = false;
    std::optional<Trigger> m_wanted; // Until the events are known.
    QString m_event; // That the form is for.
    bool m_hadObstacle = true;
    TriggerRun m_run;
    TriggerStore *m_store;
    Notice *m_notice;
    QComboBox *m_names;
    TonedLabel *m_about;
    TemplateBar *m_templates;
    DataEditor *m_data;
    JsonEditor *m_meta;
    SentList *m_sent;
    SendPanel *m_panel;
};

} // namespace dialogue::console
