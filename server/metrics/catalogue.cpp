#include "server/metrics/catalogue.h"

#include "core/base/error.h"
#include "server/metrics/familylist.h"

#include <QMetaEnum>

#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::metrics {

namespace {

/** Of all workers together. */
template <class Member>
double sumOf(const Figures &figures, Member member)
{
    double sum = 0;
    for (const WorkerCounters &each : figures.workers)
        sum += static_cast<double>(each.*member);
    return sum;
}

/** The same of a part of each. */
template <class Part, class Member>
double sumOf(const Figures &figures, Part part, Member member)
{
    double sum = 0;
    for (const WorkerCounters &each : figures.workers)
        sum += static_cast<double>((each.*part).*member);
    return sum;
}

void addConnections(FamilyList &list, const Figures &figures)
{
    using W = WorkerCounters;
    list.counter("dialogue_connections_total",
                 "Connections of clients (sessions of Engine.IO) that were opened.",
                 sumOf(figures, &W::sessionsOpened));
    list.gauge("dialogue_connections_active", "Connections of clients that are open.",
               sumOf(figures, &W::sessions));
    list.gauge("dialogue_stream_readers", "Readers of server-sent events.", sumOf(figures, &W::readers));
    list.gauge("dialogue_tcp_connections", "TCP connections that are open.", sumOf(figures, &W::connections));
    list.counters("dialogue_connections_refused_total", "Connections of clients that came to nothing.",
                  "reason",
                  {{"handshake", sumOf(figures, &W::sessionsRefused)},
                   {"gave_way", sumOf(figures, &W::sessionsGivenWay)},
                   {"proxy_header", sumOf(figures, &W::missingProxyHeaders)}});
    list.counter("dialogue_slow_readers_total", "Clients that were disconnected as they did not read.",
                 sumOf(figures, &W::slowReaders));
    list.counter("dialogue_malformed_forwardings_total",
                 "Requests of which a trusted proxy said what cannot be read.",
                 sumOf(figures, &W::malformedForwardings));
    list.counter("dialogue_http_requests_refused_total",
                 "Requests to routes that were answered 503, as too much waited.",
                 sumOf(figures, &W::requestsRefused));
    list.counters("dialogue_deflate_bytes_total",
                  "Of messages that went out compressed, each once for all who got it.", "side",
                  {{"before", sumOf(figures, &W::deflate, &DeflateCounters::bytesBefore)},
                   {"after", sumOf(figures, &W::deflate, &DeflateCounters::bytesAfter)}});
    list.counter("dialogue_deflate_too_large_total",
                 "Events that went out uncompressed, as they are larger than what is compressed in one go.",
                 sumOf(figures, &W::deflate, &DeflateCounters::tooLarge));
    list.counter("dialogue_inflated_bytes_total", "Of what clients sent compressed.",
                 sumOf(figures, &W::deflate, &DeflateCounters::inflated));
    list.counter("dialogue_inflate_refused_total",
                 "Messages of clients that could not be decompressed, or were too large.",
                 sumOf(figures, &W::deflate, &DeflateCounters::refused));
    list.counters("dialogue_tls_handshakes_total", "Handshakes of TLS.", "result",
                  {{"completed", sumOf(figures, &W::tls, &TlsCounters::completed)},
                   {"failed", sumOf(figures, &W::tls, &TlsCounters::failed)},
                   {"plain", sumOf(figures, &W::tls, &TlsCounters::plain)},
                   {"refused", sumOf(figures, &W::tls, &TlsCounters::refused)}});
    list.gauge("dialogue_tls_handshakes_pending", "Handshakes of TLS that are being made.",
               sumOf(figures, &W::tls, &TlsCounters::handshaking));
}

void addDelivery(FamilyList &list, const Figures &figures)
{
    using W = WorkerCounters;
    list.counter("dialogue_frames_sent_total", "Frames that were handed to connections.",
                 sumOf(figures, &W::framesSent));
    list.counters("dialogue_frames_dropped_total", "Frames that slow readers did not get.", "reason",
                  {{"full", sumOf(figures, &W::framesDropped)},
                   {"replaced", sumOf(figures, &W::framesReplaced)},
                   {"volatile", sumOf(figures, &W::volatileDropped)}});
    list.gauge("dialogue_send_queue_bytes", "Bytes that wait for slow readers.",
               sumOf(figures, &W::queuedBytes));
    const auto byWorker = [&](const char *name, const char *help, qint64 WorkerCounters::*member) {
        MetricFamily &its = list.family(name, help, MetricType::Gauge);
        for (std::size_t i = 0; i < figures.workers.size(); ++i) {
            its.samples.append(MetricSample{.labels = {{"worker", QString::number(i)}},
                                            .value = static_cast<double>(figures.workers[i].*member)});
        }
    };
    byWorker("dialogue_mailbox_messages", "Messages of the hub that wait for an io worker.",
             &W::mailboxMessages);
    byWorker("dialogue_mailbox_bytes", "The same in bytes.", &W::mailboxBytes);
    list.counter("dialogue_inbound_pauses_total",
                 "Times that a client was not read, as the hub does not keep up.",
                 sumOf(figures, &W::inboundPauses));
    const ReplayCounters &replays = figures.server.replays;
    list.counters(
        "dialogue_gaps_announced_total", "Times that a client was told that it misses events.", "to",
        {{"slow_reader", sumOf(figures, &W::gapsTold)}, {"returning", static_cast<double>(replays.gaps)}});
    list.counter("dialogue_gaps_healed_total", "Returns of clients that were sent all that they had missed.",
                 replays.healed);
    list.gauge("dialogue_replays_running", "Clients that are being sent what they missed.", replays.running);
    list.counter("dialogue_replayed_events_total", "Events that were sent to clients that came back.",
                 replays.events);
    list.counter("dialogue_replayed_bytes_total", "The same in bytes.", replays.bytes);
    const RecoveryCounters &recovery = figures.server.recovery;
    list.counters("dialogue_recoveries_total", "Clients that came back by what Socket.IO gives them for it.",
                  "as",
                  {{"who_they_were", static_cast<double>(recovery.recovered)},
                   {"new_clients", static_cast<double>(recovery.anew)}});
    list.gauge("dialogue_away_clients", "Clients that may come back so.", recovery.away);
    list.gauge("dialogue_away_bytes", "What is kept of them.", recovery.bytes);
    list.counter("dialogue_away_forgotten_total",
                 "Those of whom it is not kept any more, for recovery.bytes.", recovery.forgotten);
    list.counter("dialogue_replays_too_slow_total",
                 "Clients that came back, and were too slow for what they missed.", replays.tooSlow);
}

void addHub(FamilyList &list, const Figures &figures)
{
    const HubCounters &hub = figures.server.hub;
    list.counter("dialogue_hub_messages_total",
                 "Messages of clients and requests to routes that were handled.", hub.messages);
    list.histogram("dialogue_hub_turn_seconds", "Time for which the hub served clients in a turn.",
                   hub.turnTimes);
    list.gauge("dialogue_hub_waiting_messages", "Messages of clients that wait for the hub.", hub.waiting);
    list.gauge("dialogue_hub_waiting_bytes", "The same in bytes.", figures.inboundBytes);
    list.gauge("dialogue_hub_longest_lane_messages", "The most that has waited of one client, or address.",
               hub.longestLane);
    list.counter("dialogue_hub_messages_dropped_total", "Messages whose connection broke before their turn.",
                 hub.dropped);
    list.counter("dialogue_hub_holds_total", "Times that a client was not served for a while.", hub.held);
    const AnswerCounters &answers = figures.server.answers;
    list.gauge("dialogue_hooks_waiting", "Answers of hooks that are waited for.", answers.waiting);
    list.counters("dialogue_hooks_unanswered_total", "Questions to hooks without an answer.", "reason",
                  {{"refused", static_cast<double>(answers.refused)},
                   {"timeout", static_cast<double>(answers.timedOut)},
                   {"abandoned", static_cast<double>(answers.abandoned)}});
    list.gauge("dialogue_ordered_requests_waiting", "Requests that wait for an earlier one of their client.",
               figures.server.order.waiting);
    const AskingCounters &asking = figures.server.asking;
    list.gauge("dialogue_client_answers_waiting", "Answers of clients that are waited for.", asking.waiting);
    list.counters("dialogue_client_requests_total", "What the server asked of clients.", "result",
                  {{"answered", static_cast<double>(asking.answered)},
                   {"timeout", static_cast<double>(asking.timedOut)},
                   {"gone", static_cast<double>(asking.clientsGone)},
                   {"refused", static_cast<double>(asking.refused)}});
}

void addLimits(FamilyList &list, const Figures &figures)
{
    const BudgetCounters &budgets = figures.server.budgets;
    const auto refused = [&](BudgetKind kind) { return static_cast<double>(budgets.refusedOf(kind)); };
    using K = BudgetKind;
    list.counters("dialogue_rate_limited_total", "Requests beyond how often one may.", "kind",
                  {{"event", refused(K::Event)},
                   {"room_event", refused(K::RoomEvent)},
                   {"named_event", refused(K::NamedEvent)},
                   {"join", refused(K::Join)},
                   {"leave", refused(K::Leave)},
                   {"subscribe", refused(K::Subscribe)},
                   {"list_rooms", refused(K::ListRooms)},
                   {"participants", refused(K::ListParticipants)},
                   {"create_room", refused(K::CreateRoom)},
                   {"delete_room", refused(K::DeleteRoom)},
                   {"history", refused(K::History)},
                   {"refresh", refused(K::Refresh)},
                   {"custom", refused(K::Custom)},
                   {"failed", refused(K::Failed)},
                   {"connect", refused(K::Connect)}});
    list.counter("dialogue_rate_limit_disconnects_total", "Clients that went on though they were refused.",
                 budgets.disconnected);
    list.gauge("dialogue_rate_limit_keys", "Users and addresses of which something is remembered.",
               budgets.keys);
    list.counter("dialogue_rate_limit_keys_evicted_total",
                 "Those forgotten before their time, for want of room.", budgets.evicted);
    list.counter("dialogue_validations_too_long_total", "Events whose data took too many steps to check.",
                 budgets.tooManySteps);
    MetricFamily &codes = list.family("dialogue_refusals_total",
                                      "Requests of clients that were refused, by code.", MetricType::Counter);
    for (std::size_t i = 0; i < figures.server.refusals.byCode.size(); ++i) {
        const QByteArray code = codeName(static_cast<ErrorCode>(i));
        codes.samples.append(MetricSample{.labels = {{"code", QString::fromLatin1(code)}},
                                          .value = static_cast<double>(figures.server.refusals.byCode[i])});
    }
    const RuleCounters &rules = figures.server.rules;
    list.counters("dialogue_rule_refusals_total", "What rules have refused.", "action",
                  {{"join", static_cast<double>(rules.joins)},
                   {"subscribe", static_cast<double>(rules.subscriptions)},
                   {"trigger", static_cast<double>(rules.triggers)},
                   {"history", static_cast<double>(rules.histories)},
                   {"delete", static_cast<double>(rules.deletions)},
                   {"create", static_cast<double>(rules.creations)},
                   {"banned", static_cast<double>(rules.banned)},
                   {"muted", static_cast<double>(rules.muted)}});
    const MemoryCounters &memory = figures.server.memory;
    list.gauge("dialogue_memory_used_bytes", "Kept for rooms and users, of memory.total.", memory.used);
    list.gauge("dialogue_memory_rooms_bytes", "Of it, events that give way.", memory.rooms);
    list.counter("dialogue_memory_events_given_up_total", "Events that rooms gave up for want of memory.",
                 memory.eventsGivenUp);
    list.counter("dialogue_memory_refused_total", "Requests that would have needed more.", memory.refused);
}

void addMiddleware(FamilyList &list, const Figures &figures)
{
    const MiddlewareCounters &middleware = figures.server.middleware;
    list.counters("dialogue_middleware_events_total",
                  "Events that middleware of the configuration has stopped, or changed.", "result",
                  {{"blocked", static_cast<double>(middleware.blocked)},
                   {"masked", static_cast<double>(middleware.masked)},
                   {"not_searched", static_cast<double>(middleware.notSearched)},
                   {"without_role", static_cast<double>(middleware.withoutRole)},
                   {"rate_limited", static_cast<double>(middleware.rateLimited)},
                   {"webhook_stopped", static_cast<double>(middleware.webhooksStopped)}});
    list.counters("dialogue_webhook_events_total", "Events that webhooks were to be asked about.", "result",
                  {{"asked", static_cast<double>(middleware.webhooksAsked)},
                   {"failed", static_cast<double>(middleware.webhooksFailed)},
                   {"full", static_cast<double>(middleware.webhooksFull)}});
    list.gauge("dialogue_webhook_events_waiting", "Events whose webhooks have not answered yet.",
               middleware.webhooksWaiting);
    list.gauge("dialogue_webhook_waiting_bytes", "What is sent of these.", middleware.webhookBytes);
    list.counter("dialogue_webhook_retries_total", "Times that a webhook was asked again.",
                 middleware.webhooksRetried);
    list.counter("dialogue_middleware_lines_dropped_total",
                 "Lines that loggers left out, beyond so many a second.", middleware.linesLeftOut);
}

void addStore(FamilyList &list, const Figures &figures)
{
    const StoreCounters &store = figures.server.store;
    list.gauge("dialogue_store_writable", "1 where what is said can be stored.", store.isWritable ? 1 : 0);
    list.counter("dialogue_store_events_total", "Events that were stored.", store.events);
    list.histogram("dialogue_store_commit_seconds", "Time that commits of the store took.",
                   store.commitTimes);
    list.counter("dialogue_store_syncs_total", "Commits that waited for the disk.", store.syncs);
    list.gauge("dialogue_store_last_sync_timestamp_seconds",
               "When the disk had all last, in seconds since 1970; 0: not yet.", store.lastSync / 1000.0);
    list.counter("dialogue_store_failed_commits_total", "Commits that failed.", store.failedCommits);
    list.counter("dialogue_store_refused_total", "Events that were refused as nothing could be stored.",
                 store.refused);
    list.counter("dialogue_store_trimmed_total", "Events that retention has let go.", store.trimmed);
    list.gauge("dialogue_store_queue_bytes", "Bytes that wait to be stored.", store.queuedBytes);
    const AppendCounters &appends = figures.server.appends;
    list.gauge("dialogue_appends_waiting", "Events that wait to be kept.", appends.waiting);
    list.gauge("dialogue_appends_waiting_bytes", "The same in bytes.", appends.waitingBytes);
    list.counters("dialogue_appends_failed_total", "Events that were not kept, for sure or maybe.", "result",
                  {{"refused", static_cast<double>(appends.refused)},
                   {"failed", static_cast<double>(appends.failed)},
                   {"unknown", static_cast<double>(appends.unknown)}});
}

void addCredentials(FamilyList &list, const Figures &figures)
{
    const TokenCounters &tokens = figures.server.tokens;
    list.counters("dialogue_tokens_total", "Tokens that clients came with.", "result",
                  {{"accepted", static_cast<double>(tokens.accepted)},
                   {"refused", static_cast<double>(tokens.refused)},
                   {"expired", static_cast<double>(tokens.expired)},
                   {"unchecked", static_cast<double>(tokens.unchecked)}});
    list.gauge("dialogue_tokens_pending", "Tokens that are being checked.", tokens.pending);
    list.counters("dialogue_jwks_fetches_total", "Times that the keys of tokens were fetched.", "result",
                  {{"fetched", static_cast<double>(tokens.keysFetched)},
                   {"failed", static_cast<double>(tokens.fetchesFailed)}});
    const ApiKeyCounters &keys = figures.server.apiKeys;
    list.counters("dialogue_api_keys_total", "API keys that clients came with.", "result",
                  {{"accepted", static_cast<double>(keys.accepted)},
                   {"refused", static_cast<double>(keys.refused)},
                   {"expired", static_cast<double>(keys.expired)}});
    list.counter("dialogue_api_keys_revoked_total", "Secrets of API keys that were taken away.",
                 keys.revoked);
    const CertificateUseCounters &uses = figures.server.certificateUses;
    list.counters(
        "dialogue_client_certificates_total", "Certificates that clients came with.", "result",
        {{"accepted", static_cast<double>(uses.accepted)}, {"refused", static_cast<double>(uses.refused)}});
    MetricFamily &rotations = list.family(
        "dialogue_rotations_total",
        "Times that keys and certificates were read anew, by what became of them.", MetricType::Counter);
    const auto rotation = [&](const char *kind, const char *result, qint64 value) {
        rotations.samples.append(MetricSample{
            .labels = {{"kind", QString::fromLatin1(kind)}, {"result", QString::fromLatin1(result)}},
            .value = static_cast<double>(value)});
    };
    rotation("jwt", "used", tokens.keysRead);
    rotation("jwt", "refused", tokens.keysKept);
    rotation("api_keys", "used", keys.keysRead);
    rotation("api_keys", "refused", keys.keysKept);
    rotation("tls", "used", figures.server.certificates.read);
    rotation("tls", "refused", figures.server.certificates.kept);
}

void addAdmin(FamilyList &list, const Figures &figures)
{
    const AdminCounters &admin = figures.server.admin;
    list.gauge("dialogue_admin_consoles", "Consoles that are connected to /admin.", admin.consoles);
    list.counter("dialogue_admin_refused_total", "Consoles that were refused.", admin.refused);
    list.gauge("dialogue_admin_watches", "What they watch.", admin.watches);
    list.counter("dialogue_admin_batches_total", "Batches of what they watch.", admin.batches);
    list.gauge("dialogue_admin_waiting_bytes", "Bytes of events that are to be looked at for them.",
               admin.waitingBytes);
    list.counters("dialogue_admin_events_dropped_total", "Events that were watched and not shown.", "reason",
                  {{"ring", static_cast<double>(admin.droppedRing)},
                   {"rate", static_cast<double>(admin.droppedRate)},
                   {"queue", static_cast<double>(admin.droppedQueue)},
                   {"filter", static_cast<double>(admin.droppedFilter)}});
    list.gauge("dialogue_admin_timelines", "Clients of which is kept what became of them.",
               admin.timelines.clients);
    list.gauge("dialogue_admin_timeline_bytes", "What that takes.", admin.timelines.bytes);
    list.counter("dialogue_admin_timelines_forgotten_total",
                 "Timelines that were forgotten for want of room.", admin.timelines.forgotten);
    list.gauge("dialogue_admin_traced", "Clients of which it is kept when each event was written.",
               admin.traced);
    list.counters("dialogue_admin_actions_total", "What accounts of /admin did.", "result",
                  {{"done", static_cast<double>(admin.actions)},
                   {"refused", static_cast<double>(admin.actionsRefused)}});
}

void addRooms(FamilyList &list, const Figures &figures)
{
    list.gauge("dialogue_rooms", "Rooms that there are.", figures.roomCount);
    list.counter("dialogue_published_total", "Events that rooms have given a place to.", figures.published);
    MetricFamily sizes{.name = "dialogue_rooms_size", .help = "Participants of a room."};
    MetricFamily events{
        .name = "dialogue_events_total", .help = "Events that went out.", .type = MetricType::Counter};
    MetricFamily latencies{.name = "dialogue_events_latency_seconds",
                           .help = "From when the hub takes an event up to when it goes out.",
                           .type = MetricType::Histogram};
    MetricFamily dropped{.name = "dialogue_room_events_dropped_total",
                         .help = "Events of a room that slow readers did not get.",
                         .type = MetricType::Counter};
    for (const RoomFigures &room : figures.rooms) {
        const std::pair<QByteArray, QString> label("room", room.room);
        sizes.samples.append(
            MetricSample{.labels = {label}, .value = static_cast<double>(room.participants)});
        dropped.samples.append(MetricSample{.labels = {label, {"reason", u"full"_s}},
                                            .value = static_cast<double>(room.dropped)});
        dropped.samples.append(MetricSample{.labels = {label, {"reason", u"replaced"_s}},
                                            .value = static_cast<double>(room.replaced)});
        for (const EventFigures &event : room.events) {
            const MetricLabels labels{label, {"event", event.event}};
            events.samples.append(
                MetricSample{.labels = labels, .value = static_cast<double>(event.latency.count())});
            latencies.samples.append(
                MetricSample{.labels = labels, .histogram = FamilyList::histogramOf(event.latency)});
        }
    }
    for (MetricFamily *const family : {&sizes, &events, &latencies, &dropped})
        list.add(std::move(*family));
    list.gauge("dialogue_presence_rooms", "Rooms that tell who is in them, and in which somebody is.",
               figures.server.presence.rooms);
    list.gauge("dialogue_presence_watchers", "Connections that want to be told.",
               figures.server.presence.watchers);
    list.counter("dialogue_presence_notices_total", "Notices of who came and went.",
                 figures.server.presence.notices);
    list.gauge("dialogue_presence_bytes", "Kept for it.", figures.server.presence.bytes);
    list.gauge("dialogue_seats_waiting", "Joins that wait for a connection to show that it lives.",
               figures.server.seats.waiting);
    list.counter("dialogue_seats_given_up_total", "Seats that silent connections gave up.",
                 figures.server.seats.givenUp);
}

} // namespace

MetricFamilies familiesOf(const Figures &figures)
{
    FamilyList list;
    MetricFamily &build = list.family("dialogue_build_info", "Which version it is.", MetricType::Gauge);
    build.samples.append(MetricSample{
        .labels = {{"version", QStringLiteral(DIALOGUE_VERSION)}, {"qt", QString::fromLatin1(qVersion())}},
        .value = 1});
    list.gauge("process_start_time_seconds", "When the server began, in seconds since 1970.",
               figures.startedAt);
    addConnections(list, figures);
    addRooms(list, figures);
    addDelivery(list, figures);
    addHub(list, figures);
    addLimits(list, figures);
    addMiddleware(list, figures);
    addStore(list, figures);
    addCredentials(list, figures);
    addAdmin(list, figures);
    list.counter("dialogue_metrics_collections_total", "Times that the metrics were taken.",
                 figures.collections);
    list.counter(
        "dialogue_metrics_series_overflow_total",
        "Events that were counted under the room _other, as metrics.maxSeries has no place for theirs.",
        figures.beyondLimit);
    list.counter("dialogue_metrics_lines_dropped_total", "Lines of statsd that were longer than a datagram.",
                 figures.linesTooLong);
    return list.take();
}

} // namespace dialogue::metrics
