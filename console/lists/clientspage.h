#pragma once

#include "console/acting/actionspec.h"
#include "console/look/page.h"
#include "console/model/clientlistmodel.h"

#include <functional>

class QAction;
class QComboBox;

namespace dialogue::console {

class AdminConnection;
class ClientView;
class ListPane;

/** Who is connected: all, or those for whom most waits, and one of them in full. */
class ClientsPage : public Page
{
    Q_OBJECT
public:
    explicit ClientsPage(AdminConnection &connection, QWidget *parent = nullptr);
    ~ClientsPage() override;

    void go(const Place &place) override; ///< To a client; without an id to the slowest.

private:
    void addActions();
    QAction *addOwn(const QString &text, const QKeySequence &keys, const QString &operation,
                    const std::function<void()> &run);
    void ask(ActionSpec spec);
    void showSelected();
    void updateActions();
    void setWhat(const QString &what);
    [[nodiscard]] QList<ActionCatalogue::Client> selected() const;
    [[nodiscard]] QStringList selectedUsers() const;

    AdminConnection &m_connection;
    ClientListModel m_model;
    ListPane *m_list;
    QComboBox *m_what;
    ClientView *m_client;
    struct Own
    {
        QAction *action;
        QString operation; ///< That the account must have; empty: none.
    };
    QList<Own> m_own;
};

} // namespace dialogue::console
