-- Client of bench/load and bench/soak: posts the file named by $BODY and counts the answers that are not an allowing one with a patch, and of those the
-- reasoned refusals under overload.
local file = assert(io.open(assert(os.getenv("BODY"), "set BODY to the file to post"), "rb"))
wrk.method, wrk.body = "POST", file:read("*a")
wrk.headers["Content-Type"] = "application/json"
file:close()

local workers = {}
function setup(thread) workers[#workers + 1] = thread end
function init() wrong, refused = 0, 0 end

function response(status, _, body)
  local injected = status == 200 and body:find('"allowed":true', 1, true) and body:find('"patch":"', 1, true)
  if not injected then wrong = wrong + 1 end
  if (status == 429 or status == 504) and body:find('"kind":"Status"', 1, true) then refused = refused + 1 end
end

function done(summary, latency)
  local bad, reasoned = 0, 0
  for _, thread in ipairs(workers) do
    bad = bad + thread:get("wrong")
    reasoned = reasoned + thread:get("refused")
  end
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  local function ms(percent) return latency:percentile(percent) / 1000 end
  io.write(string.format("RESULT %d %d %.2f %.2f %.2f %.2f %.2f %d %d\n", summary.requests, bad,
    summary.requests / (summary.duration / 1e6), ms(50), ms(99), ms(99.9), latency.max / 1000, reasoned, lost))
end
