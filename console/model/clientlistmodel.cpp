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
        tableColumn<&ClientRow::agent, ClientRow>(clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Agent"))),
        tableColumn<&ClientRow::transport, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Transport"))),
        tableColumn<&ClientRow::connectedAt, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Since"))),
        tableColumn<&ClientRow::rooms, ClientRow>(clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Rooms"))),
        tableColumn<&ClientRow::roundTrip, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Round trip"))),
        tableColumn<&ClientRow::queueBytes, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Bytes waiting"))),
        tableColumn<&ClientRow::queueFrames, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Frames waiting"))),
        tableColumn<&ClientRow::queueAge, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Waits for"))),
        tableColumn<&ClientRow::dropped, ClientRow>(
            clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Dropped"))),
        tableColumn<&ClientRow::node, ClientRow>(clientTitle(QT_TRANSLATE_NOOP("ClientListModel", "Node")))};
}

} // namespace

ClientListModel::ClientListModel(QObject *parent)
    : KeyedTableModel(clientColumns(), parent)
{ }

} // namespace dialogue::console
