#include "console/profiles/profile.h"

#include "core/base/foreigntext.h"

#include <QHostAddress>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr std::array KindNames{std::pair(Profile::Kind::Development, "development"_L1),
                               std::pair(Profile::Kind::Staging, "staging"_L1),
                               std::pair(Profile::Kind::Production, "production"_L1)};

constexpr qsizetype LongestProfileName = 100;
constexpr qsizetype FingerprintDigits = 64;

/** The members that are texts. */
constexpr std::array TextMembers{std::pair("id"_L1, &Profile::id),
                                 std::pair("name"_L1, &Profile::name),
                                 std::pair("folder"_L1, &Profile::folder),
                                 std::pair("account"_L1, &Profile::account),
                                 std::pair("tokenFile"_L1, &Profile::tokenFile),
                                 std::pair("caFile"_L1, &Profile::caFile),
                                 std::pair("certificateFile"_L1, &Profile::certificateFile),
                                 std::pair("keyFile"_L1, &Profile::keyFile),
                                 std::pair("fingerprint"_L1, &Profile::fingerprint)};

Error wrongMember(const QString &member, const QString &message)
{
    return {.code = ErrorCode::InvalidRequest, .message = message, .path = member};
}

bool isHex(QChar c) { return c.isDigit() || (c >= u'a' && c <= u'f'); }

} // namespace

QString plainFingerprint(const QString &text)
{
    QString plain = text.toLower();
    plain.remove(u':').remove(u' ');
    return plain;
}

bool Profile::isPlain() const
{
    const bool isTls = url.scheme() == u"https" || url.scheme() == u"wss";
    return !isTls && url.host() != u"localhost" && !QHostAddress(url.host()).isLoopback();
}

Result<void> Profile::check() const
{
    static const QStringList Schemes{u"http"_s, u"https"_s, u"ws"_s, u"wss"_s};
    if (name.trimmed().isEmpty() || name.size() > LongestProfileName)
        return wrongMember(u"name"_s, u"is required, of %1 characters at most"_s.arg(LongestProfileName));
    if (printable(name) != name)
        return wrongMember(u"name"_s, u"must have no characters that are not seen"_s);
    if (!url.isValid() || url.host().isEmpty() || !Schemes.contains(url.scheme()))
        return wrongMember(u"url"_s, u"must be as http://127.0.0.1:3000 or https://chat.example.org"_s);
    if (!url.userName().isEmpty() || !url.password().isEmpty())
        return wrongMember(u"url"_s, u"must have no user and no password: the account stands for itself"_s);
    if (account.isEmpty() && tokenFile.isEmpty())
        return wrongMember(u"account"_s,
                           u"is required, or the file with the token that the server has made"_s);
    if (certificateFile.isEmpty() != keyFile.isEmpty())
        return wrongMember(keyFile.isEmpty() ? u"keyFile"_s : u"certificateFile"_s,
                           u"is required: a certificate and its key go together"_s);
    const QString digits = plainFingerprint(fingerprint);
    if (!digits.isEmpty()
        && (digits.size() != FingerprintDigits || !std::all_of(digits.begin(), digits.end(), &isHex)))
        return wrongMember(u"fingerprint"_s, u"must be the 64 hexadecimal digits of a SHA-256"_s);
    if (!digits.isEmpty() && !caFile.isEmpty())
        return wrongMember(u"fingerprint"_s, u"stands beside an authority; it is one of the two"_s);
    if (!proxy.isEmpty()
        && (proxy.host().isEmpty() || (proxy.scheme() != u"http" && proxy.scheme() != u"socks5")))
        return wrongMember(u"proxy"_s, u"must be as http://proxy:3128 or socks5://proxy:1080"_s);
    return {};
}

QJsonObject Profile::toJson() const
{
    QJsonObject json = others;
    for (const auto &[member, text] : TextMembers) {
        if (!(this->*text).isEmpty())
            json.insert(member, this->*text);
    }
    json.insert(u"url"_s, url.toString());
    if (!proxy.isEmpty())
        json.insert(u"proxy"_s, proxy.toString(QUrl::RemovePassword));
    for (const auto &[each, text] : KindNames) {
        if (each == kind)
            json.insert(u"kind"_s, text);
    }
    return json;
}

Result<Profile> Profile::fromJson(const QJsonObject &json)
{
    Profile profile;
    for (const auto &[member, text] : TextMembers) {
        const QJsonValue value = json[member];
        if (!value.isUndefined() && !value.isString())
            return wrongMember(member, u"must be a text"_s);
        profile.*text = value.toString();
    }
    profile.url = QUrl(json[u"url"_s].toString());
    profile.proxy = QUrl(json[u"proxy"_s].toString());
    const QString kind = json[u"kind"_s].toString(KindNames.front().second);
    const auto named = std::find_if(KindNames.begin(), KindNames.end(),
                                    [&](const auto &each) { return kind == each.second; });
    if (named == KindNames.end())
        return wrongMember(u"kind"_s, u"must be development, staging or production"_s);
    profile.kind = named->first;
    profile.others = json;
    for (const auto &[member, text] : TextMembers)
        profile.others.remove(member);
    for (const QString &member : {u"url"_s, u"proxy"_s, u"kind"_s})
        profile.others.remove(member);
    if (auto good = profile.check(); !good)
        return good.error();
    return profile;
}

} // namespace dialogue::console
