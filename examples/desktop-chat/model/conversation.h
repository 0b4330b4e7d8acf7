#pragma once

#include "model/messagemodel.h"
#include "model/typingnotice.h"
#include "model/typingpeople.h"

#include <dialogue/client/dialogueclient.h>
#include <dialogue/client/participantsmodel.h>

#include <QPointer>

#include <memory>

namespace chat {

/** One room as the user is in it: what was said, who is writing, and what can be done here. */
class Conversation : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Joining,
        Joined,
        Away, ///< The connection is lost; the room comes back with it.
        Out, ///< Refused or left: problem() says why.
    };
    static constexpr int PageSize = 50;
    static constexpr qsizetype MostCharacters = 1000; ///< Of a message; the server has the last word.

    Conversation(dialogue::DialogueClient &client, const QString &roomId, QObject *parent = nullptr);

    [[nodiscard]] QString roomId() const { return m_roomId; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool carriesMessages() const { return m_carriesMessages; } ///< Else one only listens.
    [[nodiscard]] MessageModel &messages() { return m_messages; }
    [[nodiscard]] TypingPeople &typing() { return m_typing; }
    /** Who is here; null where the room does not tell, and while we are not in it. */
    [[nodiscard]] dialogue::ParticipantsModel *people() const { return m_people.get(); }

    void join(); ///< Again, where it was refused.

    /** By how many characters \a text is too long; 0: by none. */
    [[nodiscard]] static qsizetype tooMany(const QString &text);
    /** Sent now or when the connection is back; false where there is nothing to send, too much or nowhere to.
     */
    bool say(const QString &text);
    /** Takes a refused message out of the list, to be written better. */
    [[nodiscard]] QString takeBack(int row);
    void wrote(bool anything); ///< The user edits what is to be said.

    [[nodiscard]] bool hasEarlier() const { return m_hasEarlier && !m_messages.isFull(); }
    [[nodiscard]] bool isLoadingEarlier() const { return m_loading; }
    [[nodiscard]] QString historyProblem() const { return m_historyProblem; }
    void loadEarlier();

Q_SIGNALS:
    void stateChanged();
    void earlierChanged();
    void said(const chat::Message &message); ///< By somebody else, just now or while we were away.

private:
    void enter(dialogue::RoomContext &room);
    void askWhatItCarries(dialogue::RoomContext &room);
    void onEvent(const dialogue::EventMessage &event);
    void onHistory(const QList<dialogue::EventMessage> &events);
    void onGap(const dialogue::Gap &gap);
    int addHistory(const QList<dialogue::EventMessage> &events);
    void sendTyping(bool isTyping);
    void setState(State state, const QString &problem = {});

    dialogue::DialogueClient &m_client;
    const QString m_roomId;
    QPointer<dialogue::RoomContext> m_room;
    std::unique_ptr<dialogue::ParticipantsModel> m_people;
    State m_state = State::Joining;
    QString m_problem;
    bool m_carriesMessages = true;
    bool m_carriesTyping = false;

    MessageModel m_messages;
    TypingPeople m_typing;
    TypingNotice m_typingNotice;

    QSet<QString> m_keptEvents; ///< Those the room keeps a history of, as far as seen.
    bool m_hadHistory = false;
    bool m_hasEarlier = false;
    bool m_loading = false;
    QString m_historyProblem;
};

} // namespace chat
