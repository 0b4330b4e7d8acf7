#include "model/messagemodel.h"

#include "model/eventtext.h"

#include <algorithm>

namespace chat {

namespace {

constexpr qint64 GroupWithinSeconds = 300; // messages of one person this close stand under one head

}

int MessageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_messages.size());
}

QVariant MessageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Message &message = m_messages[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return message.text;
    case Qt::AccessibleTextRole:
        return message.kind == Message::Kind::Gap
            ? message.text
            : tr("%1, %2: %3 %4")
                  .arg(message.from, message.time.toString(QStringLiteral("HH:mm")), message.text,
                       message.delivery == Message::Delivery::Waiting ? tr("(waiting to be sent)")
                                                                      : message.reason);
    case Qt::ToolTipRole:
        return QLocale().toString(message.time, QLocale::LongFormat);
    case KindRole:
        return static_cast<int>(message.kind);
    case FromRole:
        return message.from;
    case TimeRole:
        return message.time;
    case OwnRole:
        return message.from == m_userId;
    case DeliveryRole:
        return static_cast<int>(message.delivery);
    case ReasonRole:
        return message.reason;
    case StartsDayRole:
        return startsDay(index.row());
    case StartsGroupRole:
        return startsGroup(index.row());
    default:
        return {};
    }
}

void MessageModel::setUserId(const QString &userId)
{
    if (std::exchange(m_userId, userId) != userId && !m_messages.isEmpty())
        changed(0, rowCount() - 1);
}

bool MessageModel::add(Message message)
{
    const bool numbered = message.place.offset > 0;
    message.place = {.log = m_log, .offset = numbered ? message.place.offset : lastOffset()};
    if (const int row = rowOf(message, numbered); row >= 0) {
        if (std::exchange(m_messages[row].text, message.text) != message.text)
            changed(row, row); // ours, as the server made it
        return false;
    }
    if (const int row = rowOfTag(message.tag); row >= 0 && message.from == m_userId)
        settle(row, std::move(message));
    else
        insert(std::move(message));
    return true;
}

int MessageModel::addPage(const QList<Message> &page)
{
    const int gap = rowOfGap();
    const bool closes = gap >= 0 && std::any_of(page.begin(), page.end(), [&](const Message &message) {
                            const Place &missing = m_messages[gap].place;
                            return missing.log == m_log && message.place.offset > 0
                                && message.place.offset < missing.offset;
                        });
    if (closes)
        remove(gap);
    int added = 0;
    for (const Message &message : page)
        added += add(message) ? 1 : 0;
    return added;
}

void MessageModel::addGap(const dialogue::Gap &gap)
{
    Message line{.kind = Message::Kind::Gap,
                 .text = gap.newLog
                     ? tr("The server was started anew. Messages from before may be missing here.")
                     : tr("Messages may be missing here: the connection was lost for too long."),
                 .time = QDateTime::currentDateTime()};
    if (gap.newLog)
        line.place = {.log = ++m_log, .offset = 0, .part = 0};
    else
        line.place = {.log = m_log, .offset = gap.from ? gap.from : lastOffset(), .part = gap.from ? 0 : 1};
    insert(std::move(line));
}

void MessageModel::addWaiting(const QString &text, const QString &tag)
{
    insert({.event = MessageEvent.toString(),
            .from = m_userId,
            .text = text,
            .time = QDateTime::currentDateTime(),
            .delivery = Message::Delivery::Waiting,
            .tag = tag});
}

void MessageModel::confirm(const QString &tag, quint64 offset, const QDateTime &time)
{
    const int row = rowOfTag(tag);
    if (row < 0)
        return; // the event was here before its receipt
    Message message = m_messages[row];
    message.place = {.log = m_log, .offset = offset ? offset : lastOffset()};
    if (time.isValid())
        message.time = time;
    settle(row, std::move(message));
}

void MessageModel::refuse(const QString &tag, const QString &reason)
{
    const int row = rowOfTag(tag);
    if (row < 0)
        return;
    m_messages[row].delivery = Message::Delivery::Refused;
    m_messages[row].reason = reason;
    changed(row, row);
}

void MessageModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_messages.removeAt(row);
    endRemoveRows();
    changed(row, row);
}

int MessageModel::countSinceGap(const QSet<QString> &events) const
{
    return static_cast<int>(
        std::count_if(m_messages.begin() + rowOfGap() + 1, m_messages.end(),
                      [&](const Message &m) { return m.hasPlace() && events.contains(m.event); }));
}

int MessageModel::rowFor(const Message &message) const
{
    // From the end, where nearly all belong: over what waits, and over what was refused since.
    qsizetype row = m_messages.size();
    if (!message.hasPlace())
        return static_cast<int>(row);
    while (row > 0 && m_messages[row - 1].delivery == Message::Delivery::Waiting)
        --row;
    qsizetype found = row;
    for (; row > 0; --row) {
        const Message &before = m_messages[row - 1];
        if (!before.hasPlace())
            continue;
        if (before.place <= message.place)
            break;
        found = row - 1;
    }
    return static_cast<int>(found);
}

int MessageModel::rowOfTag(const QString &tag) const
{
    if (tag.isEmpty())
        return -1;
    const auto found = std::find_if(m_messages.begin(), m_messages.end(),
                                    [&](const Message &m) { return !m.hasPlace() && m.tag == tag; });
    return found == m_messages.end() ? -1 : static_cast<int>(found - m_messages.begin());
}

int MessageModel::rowOfGap() const
{
    const auto found = std::find_if(m_messages.rbegin(), m_messages.rend(),
                                    [](const Message &m) { return m.kind == Message::Kind::Gap; });
    return static_cast<int>(m_messages.rend() - found) - 1;
}

int MessageModel::rowOf(const Message &message, bool numbered) const
{
    const auto found = std::find_if(m_messages.rbegin(), m_messages.rend(), [&](const Message &m) {
        return m.kind == Message::Kind::Said && m.hasPlace() && m.place == message.place
            && (numbered || (m.from == message.from && m.time == message.time && m.text == message.text));
    });
    return static_cast<int>(m_messages.rend() - found) - 1;
}

bool MessageModel::startsDay(int row) const
{
    return row == 0 || m_messages[row - 1].time.date() != m_messages[row].time.date();
}

bool MessageModel::startsGroup(int row) const
{
    if (startsDay(row))
        return true;
    const Message &before = m_messages[row - 1];
    const Message &message = m_messages[row];
    return before.kind != message.kind || before.from != message.from
        || before.time.secsTo(message.time) > GroupWithinSeconds;
}

quint64 MessageModel::lastOffset() const
{
    const auto last = std::find_if(m_messages.rbegin(), m_messages.rend(),
                                   [this](const Message &m) { return m.hasPlace() && m.place.log == m_log; });
    return last == m_messages.rend() ? 0 : last->place.offset;
}

void MessageModel::settle(int row, Message message)
{
    message.delivery = Message::Delivery::Sent;
    message.reason.clear();
    if (rowFor(message) == row) { // where it stands already, as most of ours do
        m_messages[row] = std::move(message);
        changed(row, row + 1);
        return;
    }
    remove(row);
    insert(std::move(message));
}

void MessageModel::insert(Message message)
{
    const int row = rowFor(message);
    beginInsertRows({}, row, row);
    m_messages.insert(row, std::move(message));
    endInsertRows();
    changed(row + 1, row + 1); // whether it begins a day or a group hangs on the one before
    if (m_messages.size() > MaxMessages && m_messages.front().hasPlace())
        remove(0);
}

void MessageModel::changed(int first, int last)
{
    last = std::min(last, rowCount() - 1);
    if (first <= last)
        Q_EMIT dataChanged(index(first), index(last));
}

} // namespace chat
