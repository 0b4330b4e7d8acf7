#include "console/trigger/triggerstore.h"

#include "core/json/parsed.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

QJsonObject jsonOf(const TriggerStore::Template &kept)
{
    return {{u"name"_s, kept.name},
            {u"event"_s, kept.trigger.event},
            {u"data"_s, kept.trigger.data},
            {u"meta"_s, kept.trigger.meta}};
}

} // namespace

TriggerStore::TriggerStore(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{ }

QString TriggerStore::usualFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/triggers.json"_s;
}

Result<void> TriggerStore::load()
{
    QFile file(m_file);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::IoError, file.errorString(), m_file};
    if (file.size() > LargestFile)
        return Error{ErrorCode::IoError, tr("is too large to be a file of templates"), m_file};
    const QJsonValue all = json::parsed(file.readAll()).object().value("templates"_L1);
    if (!all.isArray())
        return Error{ErrorCode::ParseError, tr("is no file of templates"), m_file};
    m_templates.clear();
    const QJsonArray templates = all.toArray();
    for (const QJsonValue &each : templates) {
        const QString name = each["name"_L1].toString();
        if (name.isEmpty() || m_templates.size() == MostTemplates)
            continue;
        const QJsonValue data = each["data"_L1];
        m_templates.append({.name = name,
                            .trigger = {.event = each["event"_L1].toString(),
                                        .data = data.isUndefined() ? QJsonValue() : data,
                                        .meta = each["meta"_L1].toObject()}});
    }
    Q_EMIT templatesChanged();
    return {};
}

Result<void> TriggerStore::write(const QList<Template> &templates)
{
    QJsonArray all;
    for (const Template &each : templates)
        all.append(jsonOf(each));
    if (!QFileInfo(m_file).dir().mkpath(u"."_s))
        return Error{ErrorCode::IoError, tr("its folder cannot be made"), m_file};
    const QByteArray json = QJsonDocument(QJsonObject{{u"templates"_s, all}}).toJson();
    if (json.size() > LargestFile)
        return Error{ErrorCode::LimitReached, tr("The templates are too large together."), m_file};
    QSaveFile file(m_file);
    // What is sent may be nobody else's business.
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(json) == json.size()
        && file.commit();
    if (!isWritten)
        return Error{ErrorCode::IoError, file.errorString(), m_file};
    m_templates = templates;
    Q_EMIT templatesChanged();
    return {};
}

Result<void> TriggerStore::save(const QString &name, const Trigger &trigger)
{
    QList<Template> templates = m_templates;
    templates.removeIf([&](const Template &each) { return each.name == name; });
    if (templates.size() >= MostTemplates)
        return Error{ErrorCode::LimitReached, tr("There are %1 templates, and no more.").arg(MostTemplates)};
    const auto behind = std::find_if(templates.begin(), templates.end(), [&](const Template &each) {
        return QString::localeAwareCompare(each.name, name) > 0;
    });
    templates.insert(behind, {.name = name, .trigger = trigger});
    return write(templates);
}

Result<void> TriggerStore::remove(const QString &name)
{
    QList<Template> templates = m_templates;
    templates.removeIf([&](const Template &each) { return each.name == name; });
    return write(templates);
}

void TriggerStore::add(const Sent &sent)
{
    m_sent.prepend(sent);
    if (m_sent.size() > MostSent)
        m_sent.removeLast();
    Q_EMIT sentChanged();
}

} // namespace dialogue::console
