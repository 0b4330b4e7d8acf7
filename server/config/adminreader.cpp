#include "server/config/adminreader.h"

#include "server/config/adminfields.h"
#include "server/config/itemsreader.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace dialogue::config {

QList<AdminAccount> readAdminAccounts(const Node &node, const QString &path, Issues &issues)
{
    QSet<QString> names;
    QList<AdminAccount> accounts = readItems<AdminAccount>(
        node, path, adminAccountFields(), u"{name: ada, password: \"$scrypt$...\", role: operator}"_s,
        [](const AdminAccount &item) {
            return item.name.isEmpty() ? u"name"_s : item.password.isEmpty() ? u"password"_s : QString();
        },
        issues);
    for (const AdminAccount &each : std::as_const(accounts)) {
        if (names.contains(each.name))
            issues.error(node.position, path, u"there are two accounts '%1'"_s.arg(each.name));
        names.insert(each.name);
    }
    return accounts;
}

QList<RedactionRule> readRedaction(const Node &node, const QString &path, Issues &issues)
{
    return readItems<RedactionRule>(
        node, path, redactionFields(), u"{event: login, path: /password, as: remove}"_s,
        [](const RedactionRule &) { return QString(); }, issues);
}

void settleAdmin(ServerConfig &config, const Node &root, Issues &issues)
{
    AdminConfig &admin = config.admin;
    const auto warn = [&](const QString &path, const QString &message) {
        issues.warning(locate(root, path), path, message);
    };
    if (!admin.tokenFile.isEmpty() && !admin.generateToken)
        warn(u"admin.tokenFile"_s, u"nothing is written there without admin.token: generate"_s);
    if (admin.generateToken && admin.from != QStringList{u"loopback"_s})
        warn(u"admin.token"_s,
             u"is for trying it out; who comes from elsewhere (admin.from) should have an account"_s);
    const QDir folder = QFileInfo(issues.fileName()).dir();
    for (QString *const file : {&admin.tokenFile, &admin.audit}) {
        if (!file->isEmpty())
            *file = QDir::cleanPath(folder.absoluteFilePath(*file));
    }
}

} // namespace dialogue::config
