// Room::request(): one question to all who are in a room.
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/refusals.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"
#include "server/socketio/packetframes.h"

#include <QPointer>
#include <QPromise>

#include <utility>

namespace dialogue {

namespace {

using Answers = QList<ParticipantAnswer>;

/** To all participants: their answers, until the last is there. */
class ParticipantsAnswers final : public Question, public std::enable_shared_from_this<ParticipantsAnswers>
{
public:
    ParticipantsAnswers(const RoomServices &services, SlicedWork &work)
        : Question(services.acks)
        , m_calls(services.calls)
        , m_work(work)
    {
        m_promise.start();
    }

    [[nodiscard]] QFuture<Result<Answers>> future() const { return m_promise.future(); }

    /** False: it is not asked, and why stands in its place. */
    bool ask(SocketId socket, const ConnectedClient &client)
    {
        const Result<void> expected = expect(socket);
        m_answers.append({client.id(), client.userId(), expected ? Error{} : expected.error()});
        if (expected)
            m_places.emplace(socket, m_answers.size() - 1);
        return expected.has_value();
    }
    void allAreAsked(std::chrono::milliseconds timeout)
    {
        m_allAreAsked = true;
        if (waiting() == 0)
            finish();
        else
            expireIn(timeout);
    }

private:
    /** Tells those who have not answered, some of them in each turn. */
    class TimeOut final : public SlicedWork::Task
    {
    public:
        explicit TimeOut(std::shared_ptr<ParticipantsAnswers> question)
            : m_question(std::move(question))
        { }
        int step() override { return m_question->timeOutOne() ? 1 : 0; }

    private:
        const std::shared_ptr<ParticipantsAnswers> m_question;
    };

    void heard(SocketId socket, Result<QJsonArray> &&answer, qint64 bytes) override
    {
        Result<QJsonArray> &place = m_answers[m_places.at(socket)].answer;
        if (!answer) {
            place = std::move(answer);
        } else if (all().keep(bytes)) {
            m_bytes += bytes;
            place = std::move(answer);
        } else {
            place = Error{ErrorCode::LimitReached,
                          QStringLiteral("The answer was dropped, as answers of more bytes than may be kept "
                                         "came before (serverRequests.answerBytes)")};
        }
        if (m_allAreAsked && waiting() == 0)
            finish();
    }
    void expired() override { m_work.add(std::make_unique<TimeOut>(shared_from_this())); }
    void finish()
    {
        const auto self = shared_from_this();
        close();
        all().giveBack(std::exchange(m_bytes, 0));
        const CallDepth::Scope scope(m_calls); // Of what goes on from here.
        m_promise.addResult(std::move(m_answers));
        m_promise.finish();
    }

    CallDepth &m_calls;
    SlicedWork &m_work;
    QPromise<Result<Answers>> m_promise;
    Answers m_answers; ///< In the order they were asked.
    std::unordered_map<SocketId, qsizetype> m_places; ///< Theirs in it.
    qint64 m_bytes = 0; ///< Kept.
    bool m_allAreAsked = false;
};

/** Asks them, some in each turn. */
class AskingParticipants final : public SlicedWork::Task
{
public:
    AskingParticipants(RoomManager *manager, Room *room, std::shared_ptr<ParticipantsAnswers> answers,
                       FramePtr frame, std::chrono::milliseconds timeout)
        : m_manager(manager)
        , m_room(room)
        , m_answers(std::move(answers))
        , m_frame(std::move(frame))
        , m_timeout(timeout)
    {
        const Participants &participants = RoomPrivate::of(*room).activityIfAny()->participants;
        m_sockets.reserve(participants.size());
        for (const ConnectedClient *const each : participants)
            m_sockets.push_back(ConnectedClientPrivate::of(*each).socket);
    }

    int step() override
    {
        if (m_next == m_sockets.size()) {
            if (std::exchange(m_done, true))
                return 0;
            m_answers->allAreAsked(m_timeout); // It may finish it, and run code of the application.
            return 1;
        }
        const SocketId socket = m_sockets[m_next++];
        const ConnectedClient *const client = m_manager->client(socket);
        const bool isThere
            = client && m_room && !ConnectedClientPrivate::of(*client).gone && m_room->contains(client);
        if (isThere && m_answers->ask(socket, *client))
            m_manager->services().sockets.send(socket, m_frame);
        return 1;
    }

private:
    RoomManager *const m_manager;
    const QPointer<Room> m_room;
    const std::shared_ptr<ParticipantsAnswers> m_answers;
    const FramePtr m_frame;
    const std::chrono::milliseconds m_timeout;
    std::vector<SocketId> m_sockets;
    std::size_t m_next = 0;
    bool m_done = false;
};

} // namespace

QFuture<Result<Answers>> RoomManager::ask(Room &room, const ClientQuestion &question)
{
    if (const Result<void> allowed = m_services.acks.mayAsk(room.size()); !allowed)
        return answeredWith<Answers>(allowed.error());
    const auto answers = std::make_shared<ParticipantsAnswers>(m_services, m_work);
    const FramePtr frame = requestFrame("/", answers->ackId(), question.event, question.args());
    if (const Result<void> fits = checkQuestionSize(m_services, frame->bytes().size()); !fits)
        return answeredWith<Answers>(fits.error());
    m_services.acks.open(answers);
    m_work.add(
        std::make_unique<AskingParticipants>(this, &room, answers, frame, question.timeoutIn(m_services)));
    return answers->future();
}

QFuture<Result<Answers>> Room::request(const QString &event, const QJsonValue &data,
                                       std::chrono::milliseconds timeout)
{
    if (d->closed)
        return answeredWith<Answers>(deletedRoom(d->id));
    RoomActivity *const activity = d->activityIfAny();
    if (!activity || activity->participants.empty())
        return later::ended<Answers>(Answers());
    RoomManager &manager = ConnectedClientPrivate::of(*activity->participants.front()).manager;
    return manager.ask(*this, {event, data, timeout});
}

} // namespace dialogue
