#include "console/lists/auditmodel.h"

#include <QCoreApplication>

namespace dialogue::console {

namespace {

QString auditTitle(const char *text) { return QCoreApplication::translate("AuditModel", text); }

/** In the order of AuditModel::Column. */
QList<TableColumn<AuditRow>> auditColumns()
{
    return {tableColumn<&AuditRow::number, AuditRow>(auditTitle(QT_TRANSLATE_NOOP("AuditModel", "No."))),
            tableColumn<&AuditRow::time, AuditRow>(auditTitle(QT_TRANSLATE_NOOP("AuditModel", "Time"))),
            tableColumn<&AuditRow::account, AuditRow>(auditTitle(QT_TRANSLATE_NOOP("AuditModel", "Account"))),
            tableColumn<&AuditRow::address, AuditRow>(auditTitle(QT_TRANSLATE_NOOP("AuditModel", "From"))),
            tableColumn<&AuditRow::action, AuditRow>(auditTitle(QT_TRANSLATE_NOOP("AuditModel", "Action"))),
            tableColumn<&AuditRow::about, AuditRow>(auditTitle(QT_TRANSLATE_NOOP("AuditModel", "With"))),
            tableColumn<&AuditRow::reason, AuditRow>(auditTitle(QT_TRANSLATE_NOOP("AuditModel", "Reason"))),
            tableColumn<&AuditRow::outcome, AuditRow>(auditTitle(QT_TRANSLATE_NOOP("AuditModel", "Ended")))};
}

} // namespace

AuditModel::AuditModel(QObject *parent)
    : KeyedTableModel(auditColumns(), parent)
{ }

} // namespace dialogue::console
