#include "server/admin/requestmembers.h"

#include "core/json/cursor.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

Result<api::Values> requestMembersOf(const JsonData &object, const QList<api::ParameterInfo> &parameters,
                                     const QString &path)
{
    const QByteArray text = object.text();
    json::Cursor cursor(text);
    for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
        const QString name = cursor.key().decoded();
        const bool isNull = cursor.type() == QJsonValue::Null;
        (void)cursor.skip();
        const auto known = std::ranges::find(parameters, name, &api::ParameterInfo::name);
        if (isNull && known != parameters.end() && known->type != api::ValueType::Any) {
            return Error{ErrorCode::InvalidRequest, u"is null, which is not as left out"_s,
                         path.isEmpty() ? name : path + u'.' + name};
        }
    }
    return api::membersOf(object, parameters, path);
}

} // namespace dialogue::admin
