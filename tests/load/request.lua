-- What wrk sends: in turns the contents in the file that WRK_BODY names, one a line (GET when there are none), with the cookie
-- of a session.
local headers = { ["Content-Type"] = "application/json", ["Cookie"] = os.getenv("WRK_COOKIE") }
local requests, turn = {}, 0

function init(args)
  for line in io.lines(os.getenv("WRK_BODY")) do
    table.insert(requests, wrk.format("POST", nil, headers, line))
  end
  if #requests == 0 then
    requests[1] = wrk.format("GET", nil, headers)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end
