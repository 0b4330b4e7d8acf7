#include "console/profiles/secrets.h"

#include <QPointer>

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

const QString Service = u"dialogue-console"_s;

/** Calls \a told, if \a context is there still. */
template <class Told>
auto whileThereIs(QObject *context, Told told)
{
    return [context = QPointer(context), told = std::move(told)](auto &&...args) {
        if (context)
            told(std::forward<decltype(args)>(args)...);
    };
}

} // namespace

Secrets::Secrets(QObject *parent)
    : QObject(parent)
{ }

void Secrets::read(const QString &profile, QObject *context, std::function<void(const QString &)> told)
{
    const auto tell = whileThereIs(context, std::move(told));
    if (const auto own = m_own.constFind(profile); own != m_own.cend()) {
        QMetaObject::invokeMethod(
            this, [tell, secret = *own] { tell(secret); }, Qt::QueuedConnection);
        return;
    }
    auto *const job = new QKeychain::ReadPasswordJob(Service, this);
    job->setKey(profile);
    connect(job, &QKeychain::Job::finished, this, [job, tell] {
        // Whatever went wrong, the person is asked for it.
        tell(job->error() == QKeychain::NoError ? job->textData() : QString());
    });
    job->start();
}

void Secrets::write(const QString &profile, const QString &secret, QObject *context,
                    std::function<void(Kept, const QString &)> told)
{
    const auto tell = whileThereIs(context, std::move(told));
    auto *const job = new QKeychain::WritePasswordJob(Service, this);
    job->setKey(profile);
    job->setTextData(secret);
    connect(job, &QKeychain::Job::finished, this, [this, job, profile, secret, tell] {
        if (job->error() == QKeychain::NoError) {
            m_own.remove(profile);
            return tell(Kept::InKeychain, QString());
        }
        m_own.insert(profile, secret);
        tell(Kept::UntilTheEnd, job->errorString());
    });
    job->start();
}

void Secrets::forget(const QString &profile)
{
    m_own.remove(profile);
    auto *const job = new QKeychain::DeletePasswordJob(Service, this);
    job->setKey(profile);
    job->start(); // That there is none, or no keychain, is as well.
}

} // namespace dialogue::console
