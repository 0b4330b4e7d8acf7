#include "bench/load/run.h"

#include "bench/load/clock.h"
#include "bench/load/wire.h"
#include "process/openfiles.h"

#include <cstring>

#include <netdb.h>
#include <sys/resource.h>
#include <unistd.h>

namespace dialogue::bench {

namespace {

std::optional<Failure> resolve(const Target &target, Address &address)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    const int error = getaddrinfo(target.host.c_str(), std::to_string(target.port).c_str(), &hints, &found);
    if (error != 0)
        return Failure{ExitNoConnection, target.host + ": " + gai_strerror(error)};
    std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
    address.size = found->ai_addrlen;
    freeaddrinfo(found);
    return std::nullopt;
}

/** Every connection is a descriptor; a few more are open anyway. */
std::optional<Failure> allowFiles(std::size_t connections)
{
    constexpr std::size_t Others = 32;
    const int files = raiseOpenFileLimit();
    if (connections + Others <= static_cast<std::size_t>(files))
        return std::nullopt;
    return Failure{ExitFailed,
                   "this process may open " + std::to_string(files) + " files, and "
                       + std::to_string(connections)
                       + " connections were asked for; raise it with ulimit -Hn"};
}

double ownCpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::int64_t nanoseconds(std::chrono::milliseconds duration)
{
    return std::int64_t(duration.count()) * 1'000'000;
}

} // namespace

Run::Run(LoadOptions options, Progress progress)
    : m_options(std::move(options))
    , m_progress(std::move(progress))
{ }

std::variant<Report, Failure> Run::execute()
{
    const std::variant<Report, Failure> outcome = attempt();
    for (const auto &member : m_members)
        member->close();
    if (m_rooms)
        m_rooms->deleteMade();
    return outcome;
}

std::variant<Report, Failure> Run::attempt()
{
    if (const auto failure = prepare())
        return *failure;
    if (const auto failure = connectAll())
        return *failure;
    m_poller.setSpins(m_options.spins);
    if (m_options.layout.publishers > 0) {
        m_traffic->start(clockNow());
        runUntil(clockNow() + nanoseconds(m_options.warmup), false);
    }
    measure();
    drain();
    settleLosses();
    return m_report;
}

std::optional<Failure> Run::prepare()
{
    const auto members = static_cast<std::size_t>(m_options.idle)
        + static_cast<std::size_t>(m_options.subscribers) + static_cast<std::size_t>(m_options.stalled)
        + static_cast<std::size_t>(m_options.layout.publishers);
    if (const auto failure = allowFiles(members))
        return failure;
    if (const auto failure = resolve(m_options.target, m_endpoint.address))
        return failure;
    m_endpoint.target = m_options.target;
    m_endpoint.wire = m_options.wire;
    if (m_options.target.isTls) {
        std::string problem;
        m_endpoint.tls = TlsClient::make(m_options.authorities, m_options.target.host, problem);
        if (!m_endpoint.tls)
            return Failure{ExitFailed, "--ca: " + m_options.authorities + ": " + problem};
    }
    m_endpoint.connectPacket = wire::connectPacket(m_options.token);
    if (m_options.serverPid && !processStat(*m_options.serverPid))
        return Failure{ExitFailed, "there is no process " + std::to_string(*m_options.serverPid)};
    if (m_options.wire != Wire::Dialogue) // rooms come into being by themselves
        return std::nullopt;

    std::vector<std::string> rooms;
    rooms.reserve(static_cast<std::size_t>(m_options.layout.rooms));
    for (int i = 0; i < m_options.layout.rooms; ++i)
        rooms.push_back(m_options.roomName(i));
    m_rooms = std::make_unique<RoomMaker>(m_poller, m_endpoint, std::move(rooms));
    return m_rooms->make([this] { return m_interrupt.isRequested(); });
}

Member::Part Run::part(Member::Role role, int index) const
{
    const Layout &layout = m_options.layout;
    Member::Part part{.role = role, .event = m_options.event};
    if (role == Member::Role::Subscriber || role == Member::Role::Stalled) {
        part.room = layout.roomOfSubscriber(index);
        part.rooms = {m_options.roomName(part.room)};
        part.streams = static_cast<std::size_t>(layout.streamsOfRoom(part.room));
    } else if (role == Member::Role::Publisher) {
        for (int stream = index; stream < layout.streams(); stream += layout.publishers)
            part.rooms.push_back(m_options.roomName(layout.roomOfStream(stream)));
    }
    if (m_options.wire == Wire::Plain)
        part.asked.room = part.rooms.empty() ? m_options.roomPrefix + "idle" : part.rooms.front();
    if (m_options.streams && !part.rooms.empty() && role != Member::Role::Publisher)
        part.asked.stream
            = wire::streamPath(m_options.wire, m_options.target.path, part.rooms.front(), part.event);
    return part;
}

void Run::addMembers(Member::Role role, int count)
{
    for (int i = 0; i < count; ++i)
        m_members.push_back(std::make_unique<Member>(m_poller, m_endpoint, part(role, i), *m_ramp));
}

std::optional<Failure> Run::connectAll()
{
    const auto before = server();
    m_report.hasServer = before.has_value();
    m_report.residentBefore = before ? before->residentBytes : 0;
    m_ramp = std::make_unique<Ramp>(m_poller, m_members, m_options.ramp);
    addMembers(Member::Role::Idle, m_options.idle);
    addMembers(Member::Role::Subscriber, m_options.subscribers);
    addMembers(Member::Role::Stalled, m_options.stalled);
    addMembers(Member::Role::Publisher, m_options.layout.publishers); // last: they find everybody there
    const auto failure = m_ramp->run([this] { return m_interrupt.isRequested(); },
                                     [this] {
                                         m_progress(std::to_string(m_ramp->ready()) + " of "
                                                    + std::to_string(m_members.size()) + " connected");
                                     });
    m_report.connections = m_ramp->ready();
    m_report.rampSeconds = m_ramp->seconds();
    if (const auto after = server(); after && before)
        m_report.connectCpuSeconds = after->cpuSeconds - before->cpuSeconds;
    if (failure)
        return failure;

    std::vector<Member *> publishers;
    for (const auto &member : m_members) {
        if (member->role() == Member::Role::Publisher)
            publishers.push_back(member.get());
    }
    m_traffic = std::make_unique<Traffic>(m_options, static_cast<std::uint32_t>(clockNow() >> 10),
                                          std::move(publishers));
    for (const auto &member : m_members) {
        member->setListener(*m_traffic);
        if (member->role() == Member::Role::Subscriber)
            m_traffic->addListeners(member->room(), 1);
    }
    return std::nullopt;
}

std::optional<ProcessStat> Run::server() const
{
    return m_options.serverPid ? processStat(*m_options.serverPid) : std::nullopt;
}

ThreadTimes Run::serverThreads() const
{
    return m_options.serverPid ? threadTimes(*m_options.serverPid) : ThreadTimes();
}

void Run::measure()
{
    const std::int64_t begun = clockNow();
    m_traffic->measure(begun);
    for (const auto &member : m_members) {
        if (member->role() == Member::Role::Subscriber)
            m_traffic->countFor(*member);
    }
    const auto serverBefore = server();
    const ThreadTimes threadsBefore = serverThreads();
    const double ownBefore = ownCpuSeconds();
    m_report.residentAfter = serverBefore ? serverBefore->residentBytes : 0;

    runUntil(begun + nanoseconds(m_options.duration), true);

    m_traffic->stop();
    m_report.seconds = static_cast<double>(clockNow() - begun) / Second;
    m_report.generatorCpuSeconds = ownCpuSeconds() - ownBefore;
    m_report.counts = m_traffic->counts();
    if (const auto serverAfter = server(); serverAfter && serverBefore) {
        m_report.serverCpuSeconds = serverAfter->cpuSeconds - serverBefore->cpuSeconds;
        m_report.busiestThreadSeconds = busiestThread(threadsBefore, serverThreads());
        m_report.residentEnd = serverAfter->residentBytes;
    }
}

void Run::runUntil(std::int64_t end, bool showsProgress)
{
    std::int64_t begun = clockNow();
    std::int64_t shownAt = begun;
    TrafficCounts shown = m_traffic->counts();
    for (std::int64_t now = begun; now < end && !m_interrupt.isRequested(); now = clockNow()) {
        m_traffic->pump(now);
        m_poller.turn(std::min({end, shownAt + Second, m_traffic->nextDue(now)}));
        if (!showsProgress || clockNow() < shownAt + Second)
            continue;
        shownAt += Second;
        const TrafficCounts &counts = m_traffic->counts();
        m_progress(progressText(
            static_cast<int>((shownAt - begun) / Second), static_cast<double>(counts.sent - shown.sent),
            static_cast<double>(counts.delivered - shown.delivered), m_traffic->latency().max()));
        shown = counts;
    }
}

void Run::drain()
{
    turnUntil([this] { return m_traffic->hasAllArrived(); });
    // That the server closed a connection stands behind all that it sent on it before.
    for (const auto &member : m_members) {
        if (member->role() == Member::Role::Stalled)
            member->connection().resumeReading();
    }
    const auto stalled = static_cast<std::uint64_t>(m_options.stalled);
    turnUntil([this, stalled] { return m_traffic->counts().stalledLost >= stalled; });
}

void Run::turnUntil(const std::function<bool()> &isDone)
{
    // Who waits for what does not come any more waits two seconds; what comes later than ten has not come.
    constexpr std::int64_t Patience = 2 * Second;
    const std::int64_t end = clockNow() + 10 * Second;
    std::uint64_t delivered = m_traffic->counts().delivered;
    std::int64_t movedAt = clockNow();
    while (!isDone() && clockNow() - movedAt < Patience && clockNow() < end) {
        m_poller.turn(clockNow() + Second / 10);
        if (m_traffic->counts().delivered != delivered)
            movedAt = clockNow();
        delivered = m_traffic->counts().delivered;
    }
}

void Run::settleLosses()
{
    const TrafficCounts &counts = m_traffic->counts();
    m_report.counts.refused = counts.refused;
    m_report.counts.firstRefusal = counts.firstRefusal;
    m_report.counts.broken = counts.broken;
    m_report.counts.firstBreak = counts.firstBreak;
    m_report.counts.stalledLost = counts.stalledLost;
    m_report.latency = m_traffic->latency();
    for (const auto &member : m_members) {
        if (member->role() != Member::Role::Subscriber || !member->isReady())
            continue;
        m_report.lost += m_traffic->lostBy(*member);
        for (const Sequence &sequence : member->sequences())
            m_report.repeated += sequence.repeated();
    }
}

} // namespace dialogue::bench
