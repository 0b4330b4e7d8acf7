#pragma once

#include "core/base/result.h"
#include "core/json/jsondata.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace dialogue::api {

/** Where in a request a value stands. */
enum class Place { Path, Query, Header, Body };

enum class ValueType {
    Text,
    Number, ///< A whole number.
    Flag, ///< true or false.
    TextList, ///< In a query with commas between them.
    Object,
    Any, ///< Whatever JSON there is.
    List, ///< Of objects, each with members of its own.
};

/** What there is to say about a value of a request, or of an answer: what is checked and what is documented.
 */
struct ParameterInfo
{
    QString name;
    Place place = Place::Body;
    ValueType type = ValueType::Text;
    QString doc = {};
    bool isRequired = false;
    qint64 least = 0; ///< Of a Number; of a Text its characters, of a list its items.
    qint64 most = 0;
    bool isId = false; ///< A Text that is seen whole, see faultOfId().
    QString of = {}; ///< Of List and Object: the name of the schema that says what is in it; empty: anything.
};

/** A value of a request, and where it goes in the struct \a Request. */
template <class Request>
struct Parameter : ParameterInfo
{
    /** \a value is of the type, and within the bounds. */
    std::function<Result<void>(Request &request, const JsonData &value)> set;
};

template <class Request>
using Parameters = QList<Parameter<Request>>;

/** A member of type QString, QStringList, bool, QJsonObject, JsonData or a number, or an optional of one. */
template <class Request, class Member>
Parameter<Request> parameter(ParameterInfo info, Member Request::*member)
{
    return {
        std::move(info), [member](Request &request, const JsonData &value) -> Result<void> {
            auto &to = request.*member;
            if constexpr (std::is_same_v<Member, JsonData>)
                to = value;
            else if constexpr (std::is_same_v<Member,
                                              QString> || std::is_same_v<Member, std::optional<QString>>)
                to = value.toString();
            else if constexpr (std::is_same_v<Member, bool> || std::is_same_v<Member, std::optional<bool>>)
                to = value.toBool();
            else if constexpr (std::is_same_v<Member, QJsonObject>)
                to = value.toObject();
            else if constexpr (std::is_same_v<
                                   Member, QStringList> || std::is_same_v<Member, std::optional<QStringList>>)
                to = value.value().toVariant().toStringList();
            else if constexpr (std::is_integral_v<Member>)
                to = static_cast<Member>(value.toInteger());
            else
                to = static_cast<typename Member::value_type>(value.toInteger());
            return {};
        }};
}

template <class Request>
QList<ParameterInfo> infosOf(const Parameters<Request> &parameters)
{
    return {parameters.begin(), parameters.end()};
}

} // namespace dialogue::api
