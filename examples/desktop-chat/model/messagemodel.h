#pragma once

#include "model/message.h"

#include <dialogue/client/roominfo.h>

#include <QAbstractListModel>
#include <QSet>

namespace chat {

/**
 * The lines of one conversation: what the server numbered in the order of its numbers, and after it what
 * still waits to be sent. What was refused stays where it was written.
 */
class MessageModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        KindRole = Qt::UserRole + 1,
        FromRole,
        TimeRole,
        OwnRole, ///< Said by this user, here or elsewhere.
        DeliveryRole,
        ReasonRole,
        StartsDayRole, ///< The first of its day.
        StartsGroupRole, ///< Not close behind another of the same person.
    };

    static constexpr int MaxMessages = 2000; ///< The oldest go first; they can be loaded again.

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] const Message &at(int row) const { return m_messages[row]; }

    void setUserId(const QString &userId);
    [[nodiscard]] QString userId() const { return m_userId; }

    /** An event as it comes. One that is known is left out; one of ours takes the place of the waiting line.
     */
    bool add(Message message);
    /** Events without holes between them, as history has them. Closes the gap they span. Says how many are
     * new. */
    int addPage(const QList<Message> &page);
    void addGap(const dialogue::Gap &gap);

    void addWaiting(const QString &text, const QString &tag);
    void confirm(const QString &tag, quint64 offset, const QDateTime &time);
    void refuse(const QString &tag, const QString &reason);
    void remove(int row);

    /** How many of \a events are here without a hole, counted from the newest: where the next page of history
     * begins. */
    [[nodiscard]] int countSinceGap(const QSet<QString> &events) const;
    [[nodiscard]] bool isFull() const { return m_messages.size() >= MaxMessages; }

private:
    [[nodiscard]] int rowFor(const Message &message) const;
    [[nodiscard]] int rowOfTag(const QString &tag) const; ///< Of one that is not sent; -1.
    [[nodiscard]] int rowOfGap() const; ///< The last one; -1.
    [[nodiscard]] int rowOf(const Message &message, bool numbered) const; ///< Of one that is sent; -1.
    [[nodiscard]] bool startsDay(int row) const;
    [[nodiscard]] bool startsGroup(int row) const;
    [[nodiscard]] quint64 lastOffset() const;
    void settle(int row, Message message);
    void insert(Message message);
    void changed(int first, int last);

    QList<Message> m_messages;
    QString m_userId;
    int m_log = 0;
};

} // namespace chat
