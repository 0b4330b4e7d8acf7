#include "console/app/options.h"

#include "console/app/translations.h"
#include "core/base/nearest.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

Error wrongConsoleOption(const QString &option, const QString &message)
{
    return {.code = ErrorCode::InvalidRequest, .message = message, .path = u"--"_s + option};
}

Result<Profile> knownProfile(const QString &name, const ProfileStore &store)
{
    if (const Profile *const known = store.findByName(name))
        return *known;
    QStringList names;
    for (const Profile &each : store.profiles())
        names.append(each.name);
    const QString near = nearest(name, names);
    return wrongConsoleOption(u"profile"_s,
                              u"there is no profile '%1'%2"_s.arg(
                                  name, near.isEmpty() ? QString() : u"; did you mean '%1'?"_s.arg(near)));
}

} // namespace

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(u"Shows what a server of Dialogue does, and steers it."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({u"profile"_s, u"Opens the server of this profile."_s, u"NAME"_s});
    parser.addOption(
        {u"url"_s, u"Opens this server, as http://127.0.0.1:3000, without a profile."_s, u"URL"_s});
    parser.addOption(
        {u"account"_s, u"url: who comes in, of admin.accounts; the password is asked for."_s, u"NAME"_s});
    parser.addOption(
        {u"token-file"_s, u"url: the token that the server has made, in place of an account."_s, u"FILE"_s});
    parser.addOption(
        {u"profiles"_s, u"The file with the profiles."_s, u"FILE"_s, ProfileStore::standardFile()});
    parser.addOption({u"language"_s,
                      u"Shows texts and numbers in this language: %1. Without it the system's."_s.arg(
                          languages().join(u", "_s)),
                      u"LANGUAGE"_s});
}

Result<std::optional<Profile>> profileOf(const QCommandLineParser &parser, const ProfileStore &store)
{
    const bool hasUrl = parser.isSet(u"url"_s);
    for (const QString &option : {u"account"_s, u"token-file"_s}) {
        if (parser.isSet(option) && !hasUrl)
            return wrongConsoleOption(option, u"stands without --url"_s);
    }
    if (parser.isSet(u"profile"_s)) {
        if (hasUrl)
            return wrongConsoleOption(u"url"_s, u"stands beside --profile; it is one of the two"_s);
        const Result<Profile> known = knownProfile(parser.value(u"profile"_s), store);
        if (!known)
            return known.error();
        return std::optional(*known);
    }
    if (!hasUrl)
        return std::optional<Profile>();
    const QUrl url = QUrl::fromUserInput(parser.value(u"url"_s));
    const Profile profile{.id = u"url:"_s + url.toString(),
                          .name = url.host() + (url.port() > 0 ? u":%1"_s.arg(url.port()) : QString()),
                          .url = url,
                          .account = parser.value(u"account"_s),
                          .tokenFile = parser.value(u"token-file"_s)};
    if (!profile.account.isEmpty() && !profile.tokenFile.isEmpty())
        return wrongConsoleOption(u"token-file"_s, u"stands beside --account; it is one of the two"_s);
    if (profile.account.isEmpty() && profile.tokenFile.isEmpty())
        return wrongConsoleOption(u"account"_s, u"says who comes in; or --token-file has the token"_s);
    if (auto good = profile.check(); !good)
        return good.error();
    return std::optional(profile);
}

Result<QLocale> localeOf(const QCommandLineParser &parser)
{
    const QLocale system;
    if (!parser.isSet(u"language"_s))
        return system;
    const QString wanted = parser.value(u"language"_s);
    if (const QStringList known = languages(); !known.contains(wanted))
        return wrongConsoleOption(u"language"_s,
                                  u"there is no '%1'; there are: %2"_s.arg(wanted, known.join(u", "_s)));
    // Austria's numbers stay Austria's.
    const QLocale locale(wanted);
    return locale.language() == system.language() ? system : locale;
}

} // namespace dialogue::console
