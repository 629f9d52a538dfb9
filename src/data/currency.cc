#include "data/currency.h"

#include <array>

namespace halflife {
namespace {

// Longer ones before those that they contain.
constexpr auto kCurrencies = std::to_array<std::string_view>({
    "HK$",          "NT$",       "NZ$", "US$", "CA$",          "AU$", "A$",
    "C$",           "R$",        "S$",  "$",   "\xEF\xBC\x84",
    "\xE2\x82\xAC",               // euro
    "\xC2\xA3",                   // pound
    "\xC2\xA5",                   // yen, yuan
    "\xEF\xBF\xA5",               // the same, full width
    "\xC2\xA2",                   // cent
    "\xE2\x82\xB9",               // Indian rupee
    "\xE2\x82\xBD",               // rouble
    "\xE2\x82\xA9",               // won
    "\xE2\x82\xBA",               // lira
    "\xE2\x82\xB4",               // hryvnia
    "\xE2\x82\xAB",               // dong
    "\xE2\x82\xAA",               // shekel
    "\xE2\x82\xB1",               // peso
    "\xE2\x82\xA6",               // naira
    "\xE2\x82\xA1",               // colon
    "\xE2\x82\xB5",               // cedi
    "\xE2\x82\xB8",               // tenge
    "\xE2\x82\xAE",               // tugrik
    "\xE2\x82\xB2",               // guarani
    "\xE2\x82\xBF",               // bitcoin
    "\xE0\xB8\xBF",               // baht
    "z\xC5\x82",    "K\xC4\x8D",  // zloty, koruna
    "kr.",          "kr",        "Fr.", "Rs.", "Rs",           "lei", "\xE5\x85\x83",
    "\xE5\x86\x86", "AED",       "ARS", "AUD", "BDT",          "BGN", "BHD",
    "BRL",          "CAD",       "CHF", "CLP", "CNY",          "COP", "CRC",
    "CZK",          "DKK",       "DOP", "DZD", "EGP",          "ETB", "EUR",
    "GBP",          "GEL",       "GHS", "GTQ", "HKD",          "HRK", "HUF",
    "IDR",          "ILS",       "INR", "IQD", "IRR",          "ISK", "JMD",
    "JOD",          "JPY",       "KES", "KHR", "KRW",          "KWD", "KZT",
    "LAK",          "LBP",       "LKR", "MAD", "MDL",          "MMK", "MNT",
    "MOP",          "MXN",       "MYR", "NGN", "NOK",          "NPR", "NZD",
    "OMR",          "PEN",       "PHP", "PKR", "PLN",          "PYG", "QAR",
    "RMB",          "RON",       "RSD", "RUB", "SAR",          "SEK", "SGD",
    "THB",          "TND",       "TRY", "TWD", "TZS",          "UAH", "UGX",
    "USD",          "UYU",       "UZS", "VES", "VND",          "XAF", "XOF",
    "XPF",          "ZAR",       "ZMW", "BTC",
});

}  // namespace

// The first byte or the last tells most currencies apart.
std::string_view CurrencyAtStart(std::string_view text) {
  if (text.empty()) return {};
  for (const std::string_view currency : kCurrencies) {
    if (text.front() == currency.front() && text.starts_with(currency)) return currency;
  }
  return {};
}

std::string_view CurrencyAtEnd(std::string_view text) {
  if (text.empty()) return {};
  for (const std::string_view currency : kCurrencies) {
    if (text.back() == currency.back() && text.ends_with(currency)) return currency;
  }
  return {};
}

}  // namespace halflife
