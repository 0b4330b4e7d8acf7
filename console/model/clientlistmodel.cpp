#include "console/model/clientlistmodel.h"

#include <QCoreApplication>

namespace dialogue::console {

namespace {

QString clientTitle(const char *text) { return QCoreApplication::translate("ClientListModel", text); }

/** In the order of ClientListModel::Column. */
QList<TableColumn<ClientRow>> clientColumns()
{
    return {
        tableColumn<&ClientRow::id, ClientRow>(clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Session"))),
        tableColumn<&ClientRow::user, ClientRow>(clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "User"))),
        tableColumn<&ClientRow::isVerified, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Verified"))),
        tableColumn<&ClientRow::address, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Address"))),
        tableColumn<&ClientRow::transport, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Transport"))),
        tableColumn<&ClientRow::isSecure, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "TLS"))),
        tableColumn<&ClientRow::rooms, ClientRow>(clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Rooms"))),
        tableColumn<&ClientRow::roundTrip, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Round trip"))),
        tableColumn<&ClientRow::queueBytes, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Waiting"))),
        tableColumn<&ClientRow::isRecovered, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Recovered"))),
        tableColumn<&ClientRow::left, ClientRow>(clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Left"))),
        tableColumn<&ClientRow::reason, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Reason")))};
}

} // namespace

ClientListModel::ClientListModel(QObject *parent)
    : KeyedTableModel(clientColumns(), parent)
{ }

} // namespace dialogue::console
