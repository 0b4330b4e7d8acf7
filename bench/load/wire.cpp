#include "bench/load/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace dialogue::bench::wire {

std::string request(std::string_view name, std::string_view room)
{
    std::string json = R"(["dialogue:)";
    json.append(name).append(R"(",{"roomId":")").append(room).append(R"("}])");
    return json;
}

std::string subscribe(std::string_view room, std::string_view event)
{
    std::string json = R"(["dialogue:subscribe",{"roomId":")";
    json.append(room).append(R"(","eventName":")").append(event).append(R"("}])");
    return json;
}

std::string createRoom(std::string_view room)
{
    std::string json = R"(["dialogue:createRoom",{"id":")";
    json.append(room).append(R"(","name":")").append(room).append(R"("}])");
    return json;
}

namespace {

void natsPublish(std::string &out, std::string_view room, const Mark &mark, std::size_t size)
{
    std::string data;
    appendData(data, mark, size);
    out = "PUB ";
    out.append(room)
        .append(" ")
        .append(std::to_string(data.size()))
        .append("\r\n")
        .append(data)
        .append("\r\n");
}

} // namespace

void trigger(std::string &out, Wire wire, std::string_view room, std::string_view event, const Mark &mark,
             std::size_t size)
{
    if (wire == Wire::Nats)
        return natsPublish(out, room, mark, size);
    if (wire == Wire::Plain) {
        out.clear();
        return appendData(out, mark, size);
    }
    out = R"(["dialogue:trigger",{"roomId":")";
    out.append(room).append(R"(","event":")").append(event).append(R"(","data":)");
    appendData(out, mark, size);
    out += "}]";
}

std::string natsSubscribe(std::string_view room)
{
    std::string line = "SUB ";
    line.append(room).append(" 1\r\n");
    return line;
}

std::string streamPath(Wire wire, std::string_view path, std::string_view room, std::string_view event)
{
    const auto encoded = [](std::string_view text) {
        return QUrl::toPercentEncoding(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())))
            .toStdString();
    };
    if (wire == Wire::Plain)
        return std::string(path).append(room);
    return "/events?rooms=" + encoded(room) + "&events=" + encoded(event);
}

bool isEvent(std::string_view json, std::string_view name)
{
    return json.size() > name.size() + 2 && json.starts_with(R"([")") && json.substr(2, name.size()) == name
        && json[name.size() + 2] == '"';
}

bool names(std::string_view json, std::string_view room)
{
    std::string quoted = "\"";
    quoted.append(room).append("\"");
    return json.find(quoted) != std::string_view::npos;
}

Refusal refusal(std::string_view json)
{
    const QJsonArray array
        = QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size()))).array();
    const QJsonObject error = array.at(1).toObject();
    const QString code = error.value("code"_L1).toString();
    const QString message = error.value("message"_L1).toString();
    if (code.isEmpty() && message.isEmpty())
        return {{}, std::string(json.substr(0, 200))};
    return {code.toStdString(), (code.isEmpty() ? message : code + u": "_s + message).toStdString()};
}

std::string connectPacket(const std::string &token)
{
    if (token.empty())
        return "40";
    const QJsonObject auth{{u"token"_s, QString::fromStdString(token)}};
    return "40" + QJsonDocument(auth).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace dialogue::bench::wire
