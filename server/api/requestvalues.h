#pragma once

#include "server/api/parameter.h"
#include "server/http/httpmessage.h"

#include <optional>
#include <vector>

namespace dialogue::api {

/** In the order of the parameters they belong to; nothing: left out. */
using Values = std::vector<std::optional<JsonData>>;

/**
 * The values that \a request has for \a parameters, each of its type and within its bounds. InvalidRequest
 * with the name of what is wrong: missing, of another kind, or not known here; ParseError for a body that is
 * no JSON.
 */
[[nodiscard]] Result<Values> valuesOf(const HttpRequest &request, const QList<ParameterInfo> &parameters);

/** The same of an object alone, which stands at \a path. */
[[nodiscard]] Result<Values> membersOf(const JsonData &object, const QList<ParameterInfo> &parameters,
                                       const QString &path);

template <class Request>
Result<Request> structOf(const Parameters<Request> &parameters, const Values &values)
{
    Request request;
    for (qsizetype i = 0; i < parameters.size(); ++i) {
        const std::optional<JsonData> &value = values[std::size_t(i)];
        if (!value)
            continue;
        if (auto set = parameters[i].set(request, *value); !set)
            return set.error();
    }
    return request;
}

/** The texts of the items of \a list, an array. */
[[nodiscard]] std::vector<JsonData> itemsOf(const JsonData &list);

/** A list of objects that are structs of their own. */
template <class Request, class Item>
Parameter<Request> listParameter(ParameterInfo info, const Parameters<Item> &members,
                                 QList<Item> Request::*member)
{
    info.type = ValueType::List;
    const QString name = info.name;
    return {std::move(info),
            [name, members, member](Request &request, const JsonData &value) -> Result<void> {
                const std::vector<JsonData> items = itemsOf(value);
                for (std::size_t i = 0; i < items.size(); ++i) {
                    const Result<Values> values
                        = membersOf(items[i], infosOf(members), QStringLiteral("%1[%2]").arg(name).arg(i));
                    if (!values)
                        return values.error();
                    Result<Item> item = structOf(members, *values);
                    if (!item)
                        return item.error();
                    (request.*member).append(*std::move(item));
                }
                return {};
            }};
}

} // namespace dialogue::api
