#include "server/admin/passwordtool.h"

#include "server/admin/passwordhash.h"

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

constexpr qsizetype Shortest = 8;
constexpr qsizetype Longest = 1024;

} // namespace

Result<QByteArray> hashOfPassword(const QByteArray &password)
{
    if (password.size() < Shortest || password.size() > Longest) {
        return Error{
            ErrorCode::InvalidRequest,
            u"A password has %1 to %2 bytes, in one line of the standard input, not %3"_s.arg(Shortest)
                .arg(Longest)
                .arg(password.size())};
    }
    return PasswordHash::of(password).text();
}

Result<void> checkAccounts(const AdminConfig &config)
{
    for (qsizetype i = 0; i < config.accounts.size(); ++i) {
        if (const auto hash = PasswordHash::parse(config.accounts[i].password.toLatin1()); !hash)
            return Error{hash.error().code, hash.error().message, u"admin.accounts[%1].password"_s.arg(i)};
    }
    return {};
}

} // namespace dialogue::admin
