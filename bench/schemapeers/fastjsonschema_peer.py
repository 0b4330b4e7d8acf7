"""From text to verdict by json.loads and fastjsonschema: one of the programs that bench/schema.py runs."""

import json
import sys
import time

import fastjsonschema


def main(schema_file: str, data_file: str, seconds: str, only_reads: str = ""):
    with open(schema_file) as schema, open(data_file) as data:
        validate = fastjsonschema.compile(json.load(schema))
        text = data.read()
    valid, runs = True, 0
    begin = time.process_time()
    while (used := time.process_time() - begin) < float(seconds):
        for _ in range(runs // 8 + 1):
            value = json.loads(text)
            try:
                if not only_reads:
                    validate(value)
            except fastjsonschema.JsonSchemaException:
                valid = False
            runs += 1
    print(json.dumps({"valid": valid, "runs": runs, "cpu": used}))


main(*sys.argv[1:])
