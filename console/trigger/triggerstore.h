#pragma once

#include "console/trigger/trigger.h"
#include "core/base/result.h"

#include <QList>
#include <QObject>

namespace dialogue::console {

/** Triggers with a name, in a file that none but its owner reads; and what was sent, as long as the program
 * runs. */
class TriggerStore : public QObject
{
    Q_OBJECT
public:
    static constexpr int MostTemplates = 200;
    static constexpr int MostSent = 100;
    static constexpr qint64 LargestFile = 16 << 20; ///< Bytes.

    struct Template
    {
        QString name = {};
        Trigger trigger = {};
    };
    struct Sent
    {
        qint64 time = 0; ///< Milliseconds since the Unix epoch.
        QString room = {};
        Trigger trigger = {};
        int times = 1;
        bool isGood = true;
        QString outcome = {};
    };

    explicit TriggerStore(QString file, QObject *parent = nullptr);
    /** Where the application's data belongs on this machine. */
    [[nodiscard]] static QString usualFile();

    /** By name. A file that is none of ours is an Error, and stays as it is until the next save. */
    [[nodiscard]] Result<void> load();
    [[nodiscard]] const QList<Template> &templates() const { return m_templates; }
    /** In place of one of that name. LimitReached: there are too many; IoError: it was not kept. */
    [[nodiscard]] Result<void> save(const QString &name, const Trigger &trigger);
    [[nodiscard]] Result<void> remove(const QString &name);

    /** The newest first. */
    [[nodiscard]] const QList<Sent> &sent() const { return m_sent; }
    void add(const Sent &sent);

Q_SIGNALS:
    void templatesChanged();
    void sentChanged();

private:
    [[nodiscard]] Result<void> write(const QList<Template> &templates);

    QString m_file;
    QList<Template> m_templates;
    QList<Sent> m_sent;
};

} // namespace dialogue::console
