#pragma once

#include <QHostAddress>
#include <QString>

#include <cstddef>

namespace dialogue {

/** Whose budget it is: a user's that an authenticator vouches for, or an address'. */
struct BudgetKey
{
    /** Not empty. */
    static BudgetKey ofUser(const QString &userId) { return {.user = userId, .address = {}}; }
    /** With all addresses of its network, see addressKey(). */
    static BudgetKey ofAddress(const QHostAddress &address);

    QString user; ///< Empty: it is an address'.
    QHostAddress address;

    friend bool operator==(const BudgetKey &, const BudgetKey &) = default;
};

struct BudgetKeyHash
{
    std::size_t operator()(const BudgetKey &key) const
    {
        return key.user.isEmpty() ? qHash(key.address) : qHash(key.user);
    }
};

} // namespace dialogue
