#pragma once

#include "console/connection/adminwatch.h"
#include "console/lists/auditmodel.h"
#include "console/look/page.h"

class QPlainTextEdit;

namespace dialogue::console {

class AdminConnection;
class ListPane;
class Notice;

/** Who did what: the audit log, as far as the server has it in memory. */
class AuditPage : public Page
{
    Q_OBJECT
public:
    explicit AuditPage(AdminConnection &connection, QWidget *parent = nullptr);
    ~AuditPage() override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void showEntry();
    void showWhetherPermitted();

    AdminConnection &m_connection;
    AdminWatch m_watch; ///< That there are new entries.
    AuditModel m_model;
    ListPane *m_list;
    QPlainTextEdit *m_entry;
    Notice *m_notice;
};

} // namespace dialogue::console
