#pragma once

#include <dialogue/client/dialogueclient.h>
#include <dialogue/server/dialogue.h>

#include <QObject>

#include <memory>

using namespace Qt::StringLiterals;

/** Somebody's application: what the fragments in docs/, which are its member functions, mention and do not
 * declare. */
class Window : public QObject
{
    Q_OBJECT
public:
    QString freshToken();
    QString userOf(const QString &token);
    bool mayEnter(const QString &userId, const QString &roomId);
    bool isDecent(const QByteArray &json) const;
    void append(const dialogue::EventMessage &message);
    void showError(const QString &text);
    void showThatSomethingIsMissing(const dialogue::Gap &gap);

protected:
    dialogue::ServerConfig m_config;
    dialogue::Dialogue *m_server;
    std::unique_ptr<dialogue::DialogueClient> m_client;
};
