#pragma once

#include "server/config/field.h"
#include "server/config/node.h"
#include "server/config/values.h"

#include <QJsonObject>

namespace dialogue::config {

/** The members of a rate, `{maxEvents: 100, window: 1m}`, as fields of RateLimit. */
Fields<RateLimit> rateFields();

/** A rate, of which both members must be there. */
std::variant<FieldValue, WrongValue> readRate(const Node &node);
/** A map of rates by room. */
std::variant<FieldValue, WrongValue> readRates(const Node &node);

QString rateExpectation();
QString ratesExpectation();
QString toYaml(const RateLimit &rate);
QString toYaml(const RateLimits &rates);

} // namespace dialogue::config
