#include "server/admin/permissions.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

/** Who may, at least; roles stand in the order of what they may. */
struct PermissionRow
{
    Permission permission;
    AdminRole least;
    QLatin1StringView name;
};
constexpr std::array PermissionTable{
    PermissionRow{Permission::Look, AdminRole::Viewer, "look"_L1},
    PermissionRow{Permission::SeePayloads, AdminRole::Inspector, "seePayloads"_L1},
    PermissionRow{Permission::SeeUsers, AdminRole::Inspector, "seeUsers"_L1},
    PermissionRow{Permission::Act, AdminRole::Operator, "act"_L1},
    PermissionRow{Permission::Govern, AdminRole::Owner, "govern"_L1},
    PermissionRow{Permission::Audit, AdminRole::Owner, "audit"_L1}};

const PermissionRow &rowOf(Permission permission)
{
    return *std::find_if(PermissionTable.begin(), PermissionTable.end(),
                         [permission](const PermissionRow &row) { return row.permission == permission; });
}

} // namespace

bool allows(AdminRole role, Permission permission) { return role >= rowOf(permission).least; }

QString nameOf(AdminRole role)
{
    switch (role) {
    case AdminRole::Viewer:
        return u"viewer"_s;
    case AdminRole::Inspector:
        return u"inspector"_s;
    case AdminRole::Operator:
        return u"operator"_s;
    case AdminRole::Owner:
        break;
    }
    return u"owner"_s;
}

std::optional<AdminRole> roleCalled(QStringView name)
{
    for (const AdminRole role :
         {AdminRole::Viewer, AdminRole::Inspector, AdminRole::Operator, AdminRole::Owner}) {
        if (nameOf(role) == name)
            return role;
    }
    return std::nullopt;
}

QString nameOf(Permission permission) { return rowOf(permission).name; }

QStringList permissionsOf(AdminRole role)
{
    QStringList names;
    for (const PermissionRow &row : PermissionTable) {
        if (role >= row.least)
            names.append(row.name);
    }
    return names;
}

bool matches(const QStringList &patterns, QStringView text)
{
    return std::any_of(patterns.begin(), patterns.end(), [text](const QString &pattern) {
        return pattern.endsWith(u'*') ? text.startsWith(QStringView(pattern).chopped(1)) : text == pattern;
    });
}

} // namespace dialogue::admin
