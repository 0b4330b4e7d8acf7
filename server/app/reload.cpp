#include "server/app/reload.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/app/configsource.h"
#include "server/config/differences.h"
#include "server/config/loglevels.h"
#include "server/dialogue.h"
#include "server/tcp/listenhosts.h"

#include <QThread>

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue {

Reload::Reload(Dialogue &dialogue, Arguments arguments)
    : m_dialogue(dialogue)
    , m_arguments(std::move(arguments))
{ }

Reload::~Reload()
{
    if (m_thread)
        m_thread->wait();
}

void Reload::begin()
{
    qCInfo(lcServer) << "SIGHUP: keys and certificates are read again";
    m_dialogue.readFilesAgain();
    const QString fileName = m_arguments.value(u"config"_s);
    // The standard input was read to its end.
    if (fileName.isEmpty() || fileName == u"-")
        return;
    if (m_thread) {
        m_again = true;
        return;
    }
    const auto report = std::make_shared<ConfigReport>();
    m_thread.reset(QThread::create([report, fileName] { *report = configFrom(fileName); }));
    connect(m_thread.get(), &QThread::finished, this, [this, report] {
        m_thread->wait();
        m_thread.reset();
        read(*report);
        if (std::exchange(m_again, false))
            begin();
    });
    m_thread->start();
}

void Reload::read(const ConfigReport &report)
{
    for (ConfigIssue issue : report.issues) {
        const bool isError = issue.severity == ConfigIssue::Severity::Error;
        issue.severity = ConfigIssue::Severity::Error; // The line says what it is.
        if (isError)
            qCCritical(lcServer).noquote() << printable(issue.text());
        else
            qCWarning(lcServer).noquote() << printable(issue.text());
    }
    if (!report.config) {
        qCWarning(lcServer) << "The configuration is not good any more; the server goes on with the one from "
                               "before";
        return;
    }
    ServerConfig now = *report.config;
    (void)applyOptions(m_arguments, now); // They were good at the start.
    if (m_dialogue.config().host == HandedOver)
        now.host = HandedOver;
    const QStringList changed = changedKeys(m_dialogue.config(), now);
    if (changed.isEmpty())
        return;
    if (now.rooms.isEmpty() && now.roomCreation.create.isNobody()) {
        // An editor empties a file before it writes it, and nobody wants a server without rooms.
        qCCritical(lcServer)
            << "The configuration names no room, and nobody may create any: the server goes on "
               "with the one from before";
        return;
    }
    const Result<QStringList> waiting = m_dialogue.reconfigure(now);
    if (!waiting) {
        qCCritical(lcServer).noquote()
            << "The configuration cannot be taken over, and the server goes on with the "
               "one from before:"
            << printable(waiting.error().text());
        return;
    }
    setLogLevels(now);
    QStringList taken = changed;
    taken.removeIf([&waiting](const QString &key) { return waiting->contains(key); });
    if (!taken.isEmpty())
        qCInfo(lcServer).noquote() << "The configuration has changed, and is in force:"
                                   << printable(taken.join(u", "_s));
    if (!waiting->isEmpty())
        qCWarning(lcServer).noquote()
            << "The configuration has changed; for this the server has to be restarted:"
            << printable(waiting->join(u", "_s));
}

Result<void> applyOptions(const Arguments &arguments, ServerConfig &config)
{
    if (arguments.isSet(u"host"_s))
        config.host = arguments.value(u"host"_s);
    if (arguments.isSet(u"port"_s)) {
        const auto port = arguments.wholeNumber(u"port"_s, 0, 65535);
        if (!port)
            return port.error();
        config.port = static_cast<quint16>(*port);
    }
    if (arguments.isSet(u"workers"_s)) {
        const auto workers = arguments.wholeNumber(u"workers"_s, 0, 64);
        if (!workers)
            return workers.error();
        config.workers = static_cast<int>(*workers);
    }
    if (arguments.isSet(u"store"_s)) {
        if (config.persistence.adapter == StoreAdapter::None)
            config.persistence.adapter = StoreAdapter::Sqlite;
        config.persistence.path = arguments.value(u"store"_s);
    }
    if (arguments.isSet(u"log-level"_s))
        config.logLevel = arguments.value(u"log-level"_s);
    return {};
}

void setLogLevels(const ServerConfig &config)
{
    if (const Result<QString> rules = logFilterRules(config.logLevel))
        QLoggingCategory::setFilterRules(*rules);
}

} // namespace dialogue
