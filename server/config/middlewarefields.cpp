#include "server/config/middlewarefields.h"

#include "server/config/makefield.h"

#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// NOLINTBEGIN(bugprone-macro-parentheses)
#define DIALOGUE_MEMBER(path) \
    [](auto &owner) -> auto & { return owner.path; }
// NOLINTEND(bugprone-macro-parentheses)

namespace dialogue::config {

Fields<EventLogger> loggerFields()
{
    return {number<EventLogger>(u"linesPerSecond"_s, 1, 100'000,
                                u"Lines at most; how many events have none is said in the next."_s,
                                DIALOGUE_MEMBER(linesPerSecond))};
}

Fields<ContentFilter> contentFilterFields()
{
    using F = ContentFilter;
    return {
        textList<F>(
            u"blocklist"_s,
            u"Words, or several in a row, that are looked for as whole words: upper or lower case and "
            "what stands between them make no difference."_s,
            DIALOGUE_MEMBER(blocklist), u"."_s, u"a word, or several"_s),
        textList<F>(u"patterns"_s,
                    u"Regular expressions of ECMA-262 (flag u), which may match anywhere, and as they are "
                    "written: \"[Ss]pam\"."_s,
                    DIALOGUE_MEMBER(patterns), u"."_s, u"a regular expression"_s),
        textList<F>(u"fields"_s,
                    u"Where in the data: JSON pointers, each with all that is below it. Left out: all texts "
                    "in it."_s,
                    DIALOGUE_MEMBER(fields), u"^(/.*)?$"_s, u"a JSON pointer such as \"/text\""_s),
        choice<F, FilterAction>(
            u"action"_s, {{u"block"_s, FilterAction::Block}, {u"mask"_s, FilterAction::Mask}},
            u"What becomes of an event that says such: EVENT_BLOCKED, or a star stands for each "
            "character of it."_s,
            DIALOGUE_MEMBER(action)),
        number<F>(
            u"maxLength"_s, 1, 10'000'000,
            u"Characters of one event that are looked at; one with more in those fields is refused with "
            "LIMIT_REACHED."_s,
            DIALOGUE_MEMBER(maxLength)),
    };
}

Fields<Webhook> webhookFields()
{
    using W = Webhook;
    return {
        text<W>(u"url"_s, u"Whom to ask; required. Redirects are not followed."_s, DIALOGUE_MEMBER(url),
                u"^https?://[^\\s#]+$"_s, u"an address such as \"https://example.org/check\""_s),
        text<W>(u"secretFile"_s,
                u"The file of the secret that signs what is sent, of 16 random bytes and more; required."_s,
                DIALOGUE_MEMBER(secretFile), u"."_s, u"the name of a file"_s),
        text<W>(
            u"ca"_s,
            u"A file (PEM) of the authorities that sign the certificate of url's server, in place of those "
            "that the system trusts."_s,
            DIALOGUE_MEMBER(ca)),
        duration<W>(u"timeout"_s, 10ms, 10min,
                    u"For the answer, further tries included; less than hooks.timeout."_s,
                    DIALOGUE_MEMBER(timeout)),
        number<W>(u"retries"_s, 0, 10,
                  u"Further tries where nobody answers, or with 408, 425, 429 or 5xx, as long as the time "
                  "goes: after 100 ms, 200 ms, 400 ms ..."_s,
                  DIALOGUE_MEMBER(retries)),
        choice<W, WebhookFailure>(
            u"onError"_s, {{u"block"_s, WebhookFailure::Block}, {u"pass"_s, WebhookFailure::Pass}},
            u"What becomes of an event where there is no answer: UNAVAILABLE, or it passes."_s,
            DIALOGUE_MEMBER(onError)),
        number<W>(u"maxPending"_s, 1, std::numeric_limits<int>::max(),
                  u"Events that are being asked about at a time; beyond it nobody is asked, and onError "
                  "decides."_s,
                  DIALOGUE_MEMBER(maxPending)),
        size<W>(u"pendingBytes"_s, KiB, 16 * GiB, u"The same in bytes of what is sent."_s,
                DIALOGUE_MEMBER(pendingBytes)),
        size<W>(u"answerSize"_s, KiB, GiB, u"The largest answer; onError decides where it is larger."_s,
                DIALOGUE_MEMBER(answerSize)),
    };
}

QString middlewareDoc()
{
    return u"What events pass once they are valid and before they go out, in this order, in whatever room; see docs/middleware.md. Each is a name, or a map of the name and what it takes, such as [logger, {contentFilter: {blocklist: [spam]}}]."_s;
}

QString roomMiddlewareDoc()
{
    return u"The same for the events of this room, behind what there is for all."_s;
}

QList<MiddlewareDoc> middlewareDocs()
{
    return {
        {u"logger"_s, u"A line in the log for each event, at info, of the category events."_s},
        {u"contentFilter"_s, u"Looks for words and patterns in the data."_s},
        {u"requireRole"_s,
         u"A role, or a list of them: who has none of them, for which an authenticator vouches, triggers nothing. Takes no map."_s},
        {u"rateLimit"_s,
         u"How many events of one user come by, counted as in `rateLimit`; in each room for itself where it is the room's."_s},
        {u"webhook"_s, u"Asks an HTTP server about each event of a client."_s},
    };
}

} // namespace dialogue::config
